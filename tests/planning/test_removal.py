"""What was recorded on real engines (dockerd 20.10 to 28.5, Podman 4.3 to 5.8), case by case."""

import pytest

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.planning.calls import RemoveContainer, RemoveImage, StopContainer
from layerhold.planning.removal import Choice, Effect, Remedy, plan, recheck
from layerhold.planning.sharing import Bytes, Certainty
from layerhold.planning.targets import OneTag, WholeImage
from layerhold.planning.world import World
from planning.model_engine import ContainerdStore, GraphDriver, Podman

DOCKER = [GraphDriver.caps, ContainerdStore.caps]
DIGEST = "@sha256:" + "d" * 64


def world(*images, containers=(), anatomies=None, caps=GraphDriver.caps):
    return World({one.id: one for one in images}, tuple(containers), anatomies or {}, caps)


def stack(*layers, **facts):
    return Anatomy("linux/amd64", tuple(LayerSize(name, size) for name, size in layers), **facts)


def only_row(standing, target, **choice):
    (row,) = plan(standing, [target], {target: Choice(**choice)}).rows
    return row


def using(state, image_id="i", **facts):
    return Container("c", "web", image_id, state=state, **facts)


ONE = Image("i", ("a:1",))
TWO = Image("i", ("a:1", "a:2", "b:1"))
WHOLE = WholeImage("i")


@pytest.mark.parametrize("caps", [*DOCKER, Podman.caps])
def test_an_image_with_several_tags_is_untagged_one_by_one(caps):
    row = only_row(world(TWO, caps=caps), WHOLE)
    assert row.effect is Effect.DELETE
    assert row.calls == (RemoveImage("a:1"), RemoveImage("a:2"), RemoveImage("b:1"))
    assert (row.untagged, row.deleted) == (TWO.tags, ("i",))


@pytest.mark.parametrize("caps", [*DOCKER, Podman.caps])
def test_one_of_several_tags_goes_even_under_a_running_container(caps):
    row = only_row(world(TWO, containers=[using(State.RUNNING)], caps=caps), OneTag("i", "a:1"))
    assert (row.effect, row.untagged, row.deleted) == (Effect.UNTAG, ("a:1",), ())
    assert (row.blockers, row.offers) == ((), ())


def test_all_tags_of_an_image_in_one_plan_delete_it_with_the_last():
    targets = [OneTag("i", tag) for tag in TWO.tags]
    found = plan(world(TWO, anatomies={"i": stack(("l", 7))}), targets)
    assert [row.effect for row in found.rows] == [Effect.UNTAG, Effect.UNTAG, Effect.DELETE]
    assert [row.freed.amount for row in found.rows] == [0, 0, 7]
    assert (found.deleted, found.untagged, found.freed) == (("i",), TWO.tags, Bytes(7))


def test_an_unticked_row_keeps_the_image_and_says_what_it_would_do():
    targets = [OneTag("i", tag) for tag in TWO.tags]
    found = plan(world(TWO), targets, {targets[1]: Choice(ticked=False)})
    assert [row.effect for row in found.rows] == [Effect.UNTAG, Effect.UNTAG, Effect.UNTAG]
    assert found.deleted == ()
    assert found.untagged == ("a:1", "b:1")


def test_the_whole_image_and_then_its_tag():
    found = plan(world(TWO), [WHOLE, OneTag("i", "a:1"), WHOLE])
    assert [row.effect for row in found.rows] == [Effect.DELETE, Effect.GONE]
    assert found.ticked == found.rows[:1]


def test_a_dangling_image_goes_by_its_id():
    assert only_row(world(Image("i")), WHOLE).calls == (RemoveImage("i"),)


@pytest.mark.parametrize("target", [WHOLE, OneTag("i", "a:2")])
def test_what_is_not_there_is_gone(target):
    row = only_row(world(Image("other"), caps=GraphDriver.caps), target)
    assert (row.effect, row.calls, row.freed) == (Effect.GONE, (), Bytes())
    assert not recheck(row, world(Image("other")))


@pytest.mark.parametrize(
    ("state", "remedies"),
    [
        (State.RUNNING, (Remedy.STOP_AND_REMOVE_CONTAINERS, Remedy.UNTAG_ONLY)),
        (State.PAUSED, (Remedy.STOP_AND_REMOVE_CONTAINERS, Remedy.UNTAG_ONLY)),
        (State.EXITED, (Remedy.REMOVE_STOPPED_CONTAINERS, Remedy.FORCE)),
        (State.CREATED, (Remedy.REMOVE_STOPPED_CONTAINERS, Remedy.FORCE)),
    ],
)
def test_what_a_graph_driver_allows_for_an_image_in_use(state, remedies):
    row = only_row(world(ONE, containers=[using(state)]), WHOLE)
    assert (row.effect, row.calls, row.remedies) == (Effect.BLOCKED, (), remedies)
    (blocker,) = row.blockers
    assert (blocker.container.name, blocker.container.state) == ("web", state)
    assert blocker.force_helps is (Remedy.FORCE in remedies)


@pytest.mark.parametrize(
    ("target", "state", "remedies"),
    [
        (WHOLE, State.RUNNING, {Remedy.STOP_AND_REMOVE_CONTAINERS, Remedy.UNTAG_ONLY}),
        (
            WHOLE,
            State.EXITED,
            {Remedy.REMOVE_STOPPED_CONTAINERS, Remedy.UNTAG_ONLY, Remedy.FORCE},
        ),
        (
            OneTag("i", "a:1"),
            State.EXITED,
            {Remedy.REMOVE_STOPPED_CONTAINERS, Remedy.UNTAG_ONLY},
        ),
    ],
)
def test_what_the_containerd_store_allows_for_an_image_in_use(target, state, remedies):
    standing = world(ONE, containers=[using(state)], caps=ContainerdStore.caps)
    assert set(only_row(standing, target).remedies) == remedies


@pytest.mark.parametrize("caps", DOCKER)
def test_untagging_only_leaves_the_image_under_a_running_container(caps):
    standing = world(TWO, containers=[using(State.RUNNING)], caps=caps)
    row = only_row(standing, WHOLE, remedy=Remedy.UNTAG_ONLY)
    assert (row.effect, row.deleted, row.containers_deleted) == (Effect.UNTAG, (), ())
    assert row.calls == (RemoveImage("a:1"), RemoveImage("a:2"), RemoveImage("b:1", force=True))


def test_force_deletes_the_image_but_frees_nothing_under_a_stopped_container():
    anatomies = {"i": stack(("l", 7))}
    standing = world(ONE, containers=[using(State.EXITED)], anatomies=anatomies)
    row = only_row(standing, WHOLE, remedy=Remedy.FORCE)
    assert (row.effect, row.deleted, row.containers_deleted) == (Effect.DELETE, ("i",), ())
    assert row.calls == (RemoveImage("a:1", force=True),)
    assert (row.freed, row.layers) == (Bytes(0), ())


def test_force_on_the_containerd_store_needs_the_id_too():
    standing = world(ONE, containers=[using(State.EXITED)], caps=ContainerdStore.caps)
    row = only_row(standing, WHOLE, remedy=Remedy.FORCE)
    assert row.calls == (
        RemoveImage("a:1", force=True),
        RemoveImage("i", force=True, unless_gone=True),
    )


@pytest.mark.parametrize("state", [State.RUNNING, State.EXITED])
def test_force_on_podman_deletes_the_containers(state):
    standing = world(ONE, containers=[using(state)], caps=Podman.caps)
    row = only_row(standing, WHOLE)
    assert (row.effect, Remedy.UNTAG_ONLY in row.remedies) == (Effect.BLOCKED, False)
    (offer,) = (offer for offer in row.offers if offer.remedy is Remedy.FORCE)
    assert offer.outcome.change.containers == (using(state),)
    forced = only_row(standing, WHOLE, remedy=Remedy.FORCE)
    assert [one.name for one in forced.containers_deleted] == ["web"]
    assert forced.calls[-1] == RemoveImage("a:1", force=True)
    assert (StopContainer("c") in forced.calls) is (state is State.RUNNING)


def test_force_on_podman_deletes_containers_of_the_parents_that_go_along():
    parent, child = Image("p"), Image("i", ("a:1",), parent="p")
    standing = world(
        parent,
        child,
        containers=[using(State.EXITED), Container("d", "db", "p", state=State.EXITED)],
        caps=Podman.caps,
    )
    row = only_row(standing, WHOLE, remedy=Remedy.FORCE)
    assert row.deleted == ("i", "p")
    assert {one.name for one in row.containers_deleted} == {"web", "db"}


def test_containers_are_removed_before_the_image():
    containers = [using(State.RUNNING), Container("d", "db", "i", state=State.EXITED)]
    standing = world(ONE, containers=containers, anatomies={"i": stack(("l", 7))})
    row = only_row(standing, WHOLE, remedy=Remedy.STOP_AND_REMOVE_CONTAINERS)
    assert row.calls == (
        StopContainer("c"),
        RemoveContainer("c"),
        RemoveContainer("d"),
        RemoveImage("a:1"),
    )
    assert (row.effect, row.freed) == (Effect.DELETE, Bytes(7))


def test_a_remedy_that_the_engine_does_not_allow_changes_nothing():
    standing = world(ONE, containers=[using(State.RUNNING)])
    row = only_row(standing, WHOLE, remedy=Remedy.FORCE)
    assert (row.effect, row.calls) == (Effect.BLOCKED, ())


@pytest.mark.parametrize("caps", [*DOCKER, Podman.caps])
@pytest.mark.parametrize("mounted", ["i", "a:1"])
def test_a_mount_holds_the_image_and_cannot_be_forced(caps, mounted):
    mounting = using(State.EXITED, "other", mounted_images=(mounted,))
    row = only_row(world(ONE, Image("other", ("o:1",)), containers=[mounting], caps=caps), WHOLE)
    assert (row.effect, row.remedies) == (Effect.BLOCKED, (Remedy.REMOVE_STOPPED_CONTAINERS,))
    assert (row.blockers[0].mounts, row.blockers[0].force_helps) == (True, False)


PARENT = Image("p", ("par:1",))
CHILD = Image("k", ("kid:1",), parent="p")


@pytest.mark.parametrize(
    ("caps", "effect", "calls"),
    [
        (GraphDriver.caps, Effect.UNTAG, (RemoveImage("par:1"),)),
        (
            ContainerdStore.caps,
            Effect.DELETE,
            (RemoveImage("par:1"), RemoveImage("p", unless_gone=True)),
        ),
        (Podman.caps, Effect.DELETE, (RemoveImage("par:1"),)),
    ],
)
def test_a_parent_whose_child_stays(caps, effect, calls):
    anatomies = {"p": stack(("base", 5)), "k": stack(("base", 5), ("base/k", 2))}
    row = only_row(world(PARENT, CHILD, anatomies=anatomies, caps=caps), WholeImage("p"))
    assert (row.effect, row.calls, row.children) == (effect, calls, ("k",))
    assert row.freed == Bytes(0)


def test_an_untagged_parent_is_blocked_by_its_child_and_named_by_what_can_be_seen():
    step = Image("s", parent="p", intermediate=True)
    child = Image("k", ("kid:1",), parent="s")
    row = only_row(world(Image("p"), step, child), WholeImage("p"))
    assert (row.effect, row.children, row.remedies) == (Effect.BLOCKED, ("k",), ())


def test_a_child_takes_its_untagged_parents_along_where_the_engine_does():
    base, step = Image("b", ("base:1",)), Image("s", parent="b")
    child = Image("k", ("kid:1",), parent="s")
    assert only_row(world(base, step, child), WholeImage("k")).deleted == ("k", "s")
    kept = world(base, step, child, caps=ContainerdStore.caps)
    assert only_row(kept, WholeImage("k")).deleted == ("k",)


def test_children_are_carried_out_first():
    found = plan(world(PARENT, CHILD), [WholeImage("p"), WholeImage("k")])
    assert [row.target.image_id for row in found.rows] == ["k", "p"]
    assert found.deleted == ("k", "p")


def test_a_container_on_an_untagged_parent_stops_the_cascade():
    parent = Image("p")
    holder = Container("d", "db", "p", state=State.EXITED)
    row = only_row(world(parent, CHILD, containers=[holder]), WholeImage("k"))
    assert row.deleted == ("k",)


def test_the_last_tag_of_a_repository_takes_its_digests_along():
    image = Image("i", ("a:1", "b:1"), (f"a{DIGEST}", f"b{DIGEST}"))
    row = only_row(world(image), OneTag("i", "a:1"))
    assert (row.effect, row.untagged) == (Effect.UNTAG, ("a:1", f"a{DIGEST}"))
    assert only_row(world(image), WHOLE).calls == (RemoveImage("a:1"), RemoveImage("b:1"))


def test_digests_of_other_repositories_keep_an_untagged_image():
    image = Image("i", ("other:1",), (f"a{DIGEST}",))
    row = only_row(world(image), OneTag("i", "other:1"))
    assert (row.effect, row.untagged, row.deleted) == (Effect.UNTAG, ("other:1",), ())
    whole = only_row(world(image), WHOLE)
    assert whole.calls == (RemoveImage("other:1"), RemoveImage(f"a{DIGEST}"))
    assert whole.deleted == ("i",)


def test_an_image_with_digests_only_is_removed_by_each():
    image = Image("i", (), (f"a{DIGEST}", f"b{DIGEST}"))
    row = only_row(world(image), WHOLE)
    assert row.calls == (RemoveImage(f"a{DIGEST}"), RemoveImage(f"b{DIGEST}"))


def test_podman_derives_digests_and_lists_names_by_digest_among_the_tags():
    image = Image("i", ("localhost/a:1", f"localhost/b{DIGEST}"), (f"localhost/a{DIGEST}",))
    row = only_row(world(image, caps=Podman.caps), WHOLE)
    assert row.calls == (RemoveImage("localhost/a:1"), RemoveImage(f"localhost/b{DIGEST}"))


def test_how_sure_the_freed_bytes_are():
    image, other = Image("i", ("a:1",)), Image("o", ("o:1",))
    exact, inexact = stack(("l", 7)), stack(("l", 7), exact=False)
    compressed, empty = stack(("l", 7), content=3), stack(("m", 1))

    def certainty(anatomies):
        return only_row(world(image, other, anatomies=anatomies), WHOLE).freed.certainty

    assert certainty({"i": exact, "o": empty}) is Certainty.EXACT
    assert certainty({"i": inexact, "o": empty}) is Certainty.ABOUT
    assert certainty({"i": compressed, "o": empty}) is Certainty.AT_LEAST
    assert certainty({"o": empty}) is Certainty.AT_LEAST
    assert certainty({"i": exact}) is Certainty.ABOUT


def test_recheck_sees_every_change_that_matters():
    standing = world(TWO, Image("other"))
    row = only_row(standing, WHOLE)
    assert recheck(row, standing)
    assert recheck(row, world(TWO))
    assert not recheck(row, world(Image("other")))
    assert not recheck(row, world(Image("i", ("a:1",)), Image("other")))
    assert not recheck(row, standing.with_containers([using(State.EXITED)]))
    assert not recheck(row, world(TWO, Image("kid", ("k:1",), parent="i")))


def test_recheck_of_a_row_that_removes_containers():
    standing = world(ONE, containers=[using(State.EXITED)])
    row = only_row(standing, WHOLE, remedy=Remedy.REMOVE_STOPPED_CONTAINERS)
    assert recheck(row, standing)
    assert not recheck(row, standing.with_containers([using(State.RUNNING)]))
    assert not recheck(row, standing.with_containers([]))


def test_parents_in_a_ring_do_not_hang():
    ring = world(Image("a", parent="b"), Image("b", parent="a"), caps=Podman.caps)
    assert plan(ring, [WholeImage("a"), WholeImage("b")]).rows


@pytest.mark.parametrize("state", [State.RUNNING, State.EXITED])
def test_no_container_is_to_go_where_children_keep_the_image_anyway(state):
    child = Image("c", ("c:1",), parent="i")
    row = only_row(world(ONE, child, containers=[using(state)]), WHOLE)
    assert row.remedies == (Remedy.UNTAG_ONLY,)

    held = only_row(world(ONE, child, containers=[using(state)]), WHOLE, remedy=row.remedies[0])
    assert (held.effect, held.untagged, held.containers_deleted) == (Effect.UNTAG, ("a:1",), ())
