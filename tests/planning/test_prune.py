"""What pruning would remove, and in which order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.engine.about import Caps
from layerhold.planning.prune import Prune, candidates
from layerhold.planning.removal import Effect, plan
from layerhold.planning.world import World
from planning.model_engine import ContainerdStore, GraphDriver, Podman
from planning.test_removal_model import carry_out, engines

HOUR = 3_600
NOW = 1_000 * HOUR


def world(*images, containers=(), **caps):
    return World({one.id: one for one in images}, tuple(containers), caps=Caps(**caps))


def pruned(standing, **wishes):
    return [target.image_id for target in candidates(standing, Prune(**wishes), NOW)]


TAGGED, DANGLING = Image("tagged", ("a:1",)), Image("dangling")
DIGEST_ONLY = Image("digest-only", (), ("a@sha256:1",))


def test_only_dangling_images_go_at_first():
    standing = world(TAGGED, DANGLING, DIGEST_ONLY)
    assert set(pruned(standing)) == {"dangling", "digest-only"}
    assert set(pruned(standing, all_unused=True)) == {"tagged", "dangling", "digest-only"}


@pytest.mark.parametrize("state", State)
def test_images_of_containers_are_protected_running_or_not(state):
    holder = Container("c", "c", "tagged", state=state)
    assert pruned(world(TAGGED, DANGLING, containers=[holder]), all_unused=True) == ["dangling"]


@pytest.mark.parametrize("mounted", ["tagged", "a:1", "docker.io/library/a:1"])
def test_mounted_images_are_protected(mounted):
    holder = Container("c", "c", "other", mounted_images=(mounted,))
    assert pruned(world(TAGGED, DANGLING, containers=[holder]), all_unused=True) == ["dangling"]


def test_age_and_labels_narrow_the_list():
    old = Image("old", created=NOW - 30 * HOUR, labels={"keep": "no", "tier": "web"})
    new = Image("new", created=NOW - 10 * HOUR, labels={"tier": "db"})
    standing = world(old, new)
    assert pruned(standing, older_than=24 * HOUR) == ["old"]
    assert pruned(standing, older_than=30 * HOUR) == ["old"]
    assert set(pruned(standing, labels=("tier",))) == {"old", "new"}
    assert pruned(standing, labels=("tier=db",)) == ["new"]
    assert pruned(standing, labels=("tier", "keep")) == ["old"]
    assert pruned(standing, not_labels=("keep",)) == ["new"]
    assert pruned(standing, not_labels=("keep=yes", "tier=web")) == ["new"]


def test_children_go_before_their_parents():
    parent, child = Image("parent", ("p:1",)), Image("child", ("c:1",), parent="parent")
    grandchild = Image("grandchild", ("g:1",), parent="child")
    found = pruned(world(parent, child, grandchild), all_unused=True)
    assert found == ["grandchild", "child", "parent"]


def test_a_step_goes_with_its_child_and_is_no_row_of_its_own():
    step, child = Image("step", intermediate=True), Image("child", parent="step")
    standing = world(step, child)
    assert pruned(standing) == ["child"]
    (row,) = plan(standing, candidates(standing, Prune(), NOW)).rows
    assert row.deleted == ("child", "step")


def test_a_digest_names_a_parent_as_long_as_its_child_stays():
    parent, child = Image("parent", (), ("a@sha256:1",)), Image("child", ("c:1",), parent="parent")
    assert pruned(world(parent, child)) == []
    assert pruned(world(parent, child), all_unused=True) == ["child", "parent"]
    assert pruned(world(parent, Image("child", parent="parent"))) == ["child", "parent"]


def test_where_nothing_cascades_a_step_goes_after_its_last_child():
    step, child = Image("step", intermediate=True), Image("child", parent="step")
    caps = {"cascades_to_parents": False, "parents_hold": False}
    assert pruned(world(step, child, **caps)) == ["child", "step"]
    tagged = Image("tagged", ("a:1",), parent="step")
    assert pruned(world(step, child, tagged, **caps)) == ["child"]


@pytest.mark.parametrize("kind", [GraphDriver, ContainerdStore, Podman])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_pruning_deletes_what_its_plan_says_and_never_what_is_used(kind, data):
    model = data.draw(engines(kind))
    standing = model.world()
    wish = Prune(all_unused=data.draw(st.booleans()))
    found = plan(standing, candidates(standing, wish, NOW))
    before, disk = set(model.images), model.disk
    for row in found.rows:
        assert row.effect is not Effect.BLOCKED
        carry_out(model, row)
    gone = before - model.images.keys()
    assert gone == set(found.deleted)
    assert found.freed.amount == disk - model.disk
    assert not gone & {one.image for one in model.containers.values()}
    if not wish.all_unused:
        assert not any(standing.images[image_id].tags for image_id in gone)
