"""Plans that are carried out by real engines, and what they say about it afterwards."""

from time import perf_counter

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.containers import State
from layerhold.domain.errors import ChangedMeanwhile
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from layerhold.jobs.context import Context
from layerhold.jobs.pruning import PrunePlan, prune
from layerhold.jobs.removing import carry_out
from layerhold.planning.prune import Prune, candidates
from layerhold.planning.removal import Choice, Remedy, plan
from layerhold.planning.sharing import Certainty
from layerhold.planning.targets import OneTag, WholeImage
from layerhold.planning.world import World
from live.family import BASE, CHILD, LONER, ids, is_podman, run, tags
from live.images import Layer, Sketch, write_archive

pytestmark = pytest.mark.live


def world(engine):
    images = {image.id: image for image in engine.list_images()}
    anatomies = {image_id: engine.anatomy(image_id) for image_id in images}
    return World(images, engine.list_containers(), anatomies, engine.about.caps)


def do(engine, planned, anatomies):
    return carry_out(engine, planned, anatomies, Context(lambda _: None, Token()))


def test_what_was_planned_is_what_happened(engine):
    before = world(engine)
    planned = plan(before, [WholeImage(CHILD.id), OneTag(LONER.id, *LONER.tags)])
    disk = engine.disk_usage().images
    result = do(engine, planned, before.anatomies)
    assert not result.incomplete
    assert set(result.images) == set(planned.deleted)
    assert {*CHILD.tags, *LONER.tags} <= set(result.untagged)
    assert ids(engine) == before.images.keys() - set(planned.deleted)
    if planned.freed.certainty is Certainty.EXACT and disk is not None and not is_podman(engine):
        assert disk - engine.disk_usage().images == result.freed.amount == planned.freed.amount


def test_named_containers_are_stopped_and_removed(engine, stocked):
    run(stocked, CHILD)
    target = WholeImage(CHILD.id)
    choice = {target: Choice(remedy=Remedy.STOP_AND_REMOVE_CONTAINERS)}
    before = world(engine)
    result = do(engine, plan(before, [target], choice), before.anatomies)
    assert [container.name for container in result.containers] == ["it"]
    assert engine.list_containers() == ()
    assert not set(CHILD.tags) & tags(engine).keys()


def test_a_container_started_after_the_plan_keeps_its_image(engine, stocked):
    before = world(engine)
    planned = plan(before, [OneTag(BASE.id, *BASE.tags), WholeImage(LONER.id)])
    run(stocked)
    result = do(engine, planned, before.anatomies)
    (failed,) = result.failed
    assert failed.row.target.image_id == BASE.id
    assert isinstance(failed.failure, ChangedMeanwhile)
    assert tags(engine)[BASE.tags[0]] == BASE.id
    assert LONER.id not in ids(engine)
    assert engine.list_containers()[0].state is State.RUNNING


def test_pruning_removes_the_list_and_the_cache_if_there_is_one(engine):
    engine.tag(LONER.id, *CHILD.tags[:1])
    before = world(engine)
    wanted = candidates(before, Prune(all_unused=True), 4e9)
    planned = PrunePlan(plan(before, wanted), build_cache=engine.about.caps.build_cache)
    result = prune(engine, planned, before.anatomies, Context(lambda _: None, Token()))
    assert not result.incomplete
    assert ids(engine) == set()
    assert (result.cache_freed is None) is not planned.build_cache


def test_hundreds_of_images_go_without_hundreds_of_lists(dockerd, tmp_path):
    # Docker only: Podman itself takes a tenth of a second for each image.
    engine = connect(Endpoint("live", dockerd.url, "--host"))
    one = Layer("ADD many /", {"many": b"many"})
    many = [
        Sketch((one,), (f"example.com/many:{number}",), labels={"n": str(number)})
        for number in range(300)
    ]
    dockerd.load(write_archive(tmp_path / "many.tar", many))
    images = {image.id: image for image in engine.list_images()}
    before = World(images, (), {}, engine.about.caps)
    planned = plan(before, [WholeImage(sketch.id) for sketch in many])
    begun = perf_counter()
    result = do(engine, planned, {})
    seconds = perf_counter() - begun
    assert len(result.images) == 300
    assert not result.incomplete
    assert seconds < 30
    engine.close()
