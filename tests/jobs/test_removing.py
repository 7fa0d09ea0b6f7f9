from dataclasses import replace
from time import perf_counter

import pytest

from fakes.memory_engine import MemoryEngine
from layerhold.domain.cancel import Token
from layerhold.domain.containers import State
from layerhold.domain.errors import ChangedMeanwhile, EngineGone, ImageNotFound, InUse
from layerhold.domain.progress import Progress
from layerhold.jobs.context import Context, Progressed
from layerhold.jobs.removing import carry_out
from layerhold.planning.removal import Choice, Remedy, plan
from layerhold.planning.sharing import Bytes
from layerhold.planning.targets import OneTag, WholeImage
from planning.model_engine import ContainerdStore, GraphDriver, Podman

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")


def context(token=None, reports=None):
    return Context((reports if reports is not None else []).append, token or Token())


def three_images(kind=GraphDriver):
    model = kind(sizes={"base": 100, "a": 10, "b": 20})
    model.add(A, ["a:1", "a:2"], ["base", "a"])
    model.add(B, ["b:1"], ["base", "b"])
    return model.add(C, ["c:1"], ["base"])


def remove(engine, targets, choices=None, token=None):
    world = engine.model.world()
    planned = plan(world, targets, choices)
    return carry_out(engine, planned, world.anatomies, context(token))


def test_every_id_and_the_bytes_are_told():
    engine = MemoryEngine(three_images())
    result = remove(engine, [WholeImage(A), OneTag(B, "b:1")])
    assert set(result.untagged) == {"a:1", "a:2", "b:1"}
    assert set(result.images) == {A, B}
    assert result.freed == Bytes(30)
    assert not result.incomplete
    assert set(engine.model.images) == {C}


def test_one_failure_does_not_stop_the_others():
    engine = MemoryEngine(three_images())
    planned = plan(engine.model.world(), [WholeImage(A), WholeImage(B), WholeImage(C)])

    def start_a_container(name):
        if name == "remove":
            engine.model.run("web", B, State.RUNNING)

    engine.before_each_call = start_a_container
    result = carry_out(engine, planned, engine.model.world().anatomies, context())
    assert [row.row.target.image_id for row in result.failed] == [B]
    assert isinstance(result.failed[0].failure, InUse | ChangedMeanwhile)
    assert set(result.images) == {A, C}
    assert result.freed == Bytes(10)


def test_a_tag_that_moved_meanwhile_is_left_alone():
    engine = MemoryEngine(three_images())
    planned = plan(engine.model.world(), [OneTag(A, "a:1")])
    engine.tag(B, "a:1")
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[0].failure, ChangedMeanwhile)
    assert result.rows[0].failure.subject == "a:1"
    assert engine.model.find("a:1") == B


def test_a_tag_is_not_removed_when_it_became_the_last_one():
    engine = MemoryEngine(three_images())
    planned = plan(engine.model.world(), [OneTag(A, "a:1")])
    engine.remove("a:2")
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[0].failure, ChangedMeanwhile)
    assert engine.model.images[A].names == ["a:1"]


def test_an_image_that_vanished_is_said_to_be_gone():
    engine = MemoryEngine(three_images())
    planned = plan(engine.model.world(), [WholeImage(A), WholeImage(B)])
    del engine.model.images[A]
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[0].failure, ImageNotFound)
    assert result.rows[0].failure.subject == "a:1"
    assert [row.row.target.image_id for row in result.gone] == [A]
    assert result.images == (B,)
    assert not result.incomplete


def test_named_containers_are_stopped_and_removed():
    engine = MemoryEngine(three_images().run("web", A).run("old", A, State.EXITED))
    target = WholeImage(A)
    choice = Choice(remedy=Remedy.STOP_AND_REMOVE_CONTAINERS)
    result = remove(engine, [target], {target: choice})
    assert {container.id for container in result.containers} == {"web", "old"}
    assert result.images == (A,)
    assert result.freed == Bytes(10)


@pytest.mark.parametrize("remedy", [Remedy.STOP_AND_REMOVE_CONTAINERS, Remedy.FORCE])
def test_a_container_that_nobody_agreed_to_lose_stays(remedy):
    engine = MemoryEngine(three_images(Podman).run("web", A))
    target = WholeImage(A)
    planned = plan(engine.model.world(), [target], {target: Choice(remedy=remedy)})
    engine.before_each_call = lambda name: (
        engine.model.run("new", A) if name == "list_images" else None
    )
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[0].failure, ChangedMeanwhile)
    assert set(engine.model.containers) == {"web", "new"}


def test_a_container_started_between_two_rows_is_seen_before_force():
    engine = MemoryEngine(three_images(Podman).run("web", B))
    choices = {WholeImage(B): Choice(remedy=Remedy.FORCE)}
    planned = plan(engine.model.world(), [WholeImage(A), WholeImage(B)], choices)
    engine.before_each_call = lambda name: engine.model.run("new", B) if name == "remove" else None
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[1].failure, ChangedMeanwhile)
    assert set(engine.model.containers) == {"web", "new"}


def test_cancel_ends_between_rows_and_tells_what_is_left():
    engine, token = MemoryEngine(three_images()), Token()
    engine.before_each_call = lambda name: token.cancel() if name == "remove" else None
    result = remove(engine, [WholeImage(B), WholeImage(C)], token=token)
    assert result.images == (B,)
    assert [row.target for row in result.left] == [WholeImage(C)]
    assert result.incomplete


def test_cancelled_while_it_is_looked_at_a_row_was_not_begun():
    engine, token = MemoryEngine(three_images().run("web", A)), Token()
    engine.before_each_call = lambda name: token.cancel() if name == "image" else None
    target = WholeImage(A)
    choice = Choice(remedy=Remedy.STOP_AND_REMOVE_CONTAINERS)
    result = remove(engine, [target], {target: choice}, token)
    assert result.rows == ()
    assert [row.target for row in result.left] == [target]


def test_a_lost_engine_ends_it():
    engine = MemoryEngine(three_images())

    def die(name):
        if name == "remove":
            raise EngineGone("memory://")

    engine.before_each_call = die
    result = remove(engine, [WholeImage(A), WholeImage(B)])
    assert isinstance(result.rows[0].failure, EngineGone)
    assert [row.target for row in result.left] == [WholeImage(B)]


def test_unticked_rows_are_not_touched():
    engine = MemoryEngine(three_images())
    result = remove(engine, [WholeImage(A), WholeImage(B)], {WholeImage(A): Choice(ticked=False)})
    assert result.images == (B,)
    assert A in engine.model.images


def test_where_layers_do_not_tell_the_engine_is_asked():
    engine = MemoryEngine(three_images(ContainerdStore))
    world = engine.model.world()
    content = {key: replace(one, content=7) for key, one in world.anatomies.items()}
    planned = plan(replace(world, anatomies=content), [WholeImage(A)])
    result = carry_out(engine, planned, content, context())
    assert result.freed == Bytes(10)


def test_progress_names_the_row():
    engine, reports = MemoryEngine(three_images()), []
    planned = plan(engine.model.world(), [OneTag(B, "b:1")])
    carry_out(engine, planned, {}, context(reports=reports))
    assert reports == [Progressed(Progress(0, 1, "items", "b:1"))]


def test_a_thousand_images_take_no_list_each():
    model = GraphDriver(sizes={})
    ids = [f"sha256:{number:064x}" for number in range(1000)]
    for number, image_id in enumerate(ids):
        model.add(image_id, [f"app:{number}"], ["base", image_id])
    world = model.world()
    engine, asked = MemoryEngine(model), []
    engine.image = lambda image_id: model.listed(image_id)
    engine.before_each_call = asked.append
    engine.list_containers = lambda _token=None: asked.append("list_containers") or ()
    planned = plan(world, [WholeImage(image_id) for image_id in ids])
    begun = perf_counter()
    result = carry_out(engine, planned, world.anatomies, context())
    seconds = perf_counter() - begun
    assert len(result.images) == 1000
    assert asked.count("list_images") == 1
    assert asked.count("list_containers") <= 2 + seconds


class Reticent(MemoryEngine):
    """As Podman is: it names no deleted parent, and refuses after it has deleted."""

    refuses = False

    def remove(self, target, *, force=False):
        removed = super().remove(target, force=force)
        if self.refuses:
            raise InUse(target, "image is in use by a container")
        return replace(removed, deleted=())


@pytest.mark.parametrize("refuses", [False, True])
def test_what_the_engine_deletes_in_silence_is_told(refuses):
    engine = Reticent(three_images(Podman))
    engine.refuses = refuses
    result = remove(engine, [OneTag(B, "b:1")])
    assert result.images == (B,)
    assert result.untagged == ("b:1",)
    assert result.freed == Bytes(20)
    assert not result.incomplete


def test_a_refusal_is_no_success_as_long_as_the_image_is_there():
    engine = Reticent(three_images(Podman))
    engine.refuses = True
    result = remove(engine, [WholeImage(A)])
    assert isinstance(result.rows[0].failure, InUse)
    assert result.images == ()


def test_what_others_delete_is_not_told_as_ours():
    engine = MemoryEngine(three_images())
    planned = plan(engine.model.world(), [OneTag(B, "b:1")])
    engine.remove("b:1")
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[0].failure, ImageNotFound)
    assert result.images == ()


@pytest.mark.parametrize(("names", "told"), [(["b:1"], "b:1"), ([], B)])
def test_an_image_that_changed_is_called_what_the_user_chose(names, told):
    model = GraphDriver(sizes={"base": 100}).add(B, names, ["base"])
    engine = MemoryEngine(model)
    planned = plan(model.world(), [WholeImage(B)])
    engine.tag(B, "new:1")
    result = carry_out(engine, planned, {}, context())
    assert isinstance(result.rows[0].failure, ChangedMeanwhile)
    assert result.rows[0].failure.subject == told
