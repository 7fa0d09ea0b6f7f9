"""What every engine removes, and what it refuses to remove, by force or without."""

import pytest

from layerhold.domain.containers import State
from layerhold.domain.errors import EngineRefused, HasChildren, InUse, SeveralTags
from live.family import BASE, CHILD, LONER, ids, is_podman, run, tags

pytestmark = pytest.mark.live


def test_one_tag_of_several_goes_alone(engine):
    removed = engine.remove("example.com/child:1")

    assert "example.com/child:1" in removed.untagged
    assert removed.deleted == ()
    assert engine.image(CHILD.id).tags == ("example.com/child:2",)


def test_the_last_tag_takes_the_image_along(engine):
    removed = engine.remove(*LONER.tags)

    assert LONER.id in removed.deleted
    assert ids(engine) == {BASE.id, CHILD.id}


def test_a_dangling_image_goes_by_its_id(engine):
    engine.tag(BASE.id, *LONER.tags)
    removed = engine.remove(LONER.id)

    assert LONER.id in removed.deleted
    assert LONER.id not in ids(engine)


def test_several_tags_protect_from_removal_by_id(engine):
    with pytest.raises(SeveralTags):
        engine.remove(CHILD.id)

    assert set(engine.image(CHILD.id).tags) == set(CHILD.tags)


def test_a_parent_is_held_by_its_child_only_in_docker(engine):
    if is_podman(engine):
        engine.remove(BASE.id)
        assert ids(engine) == {CHILD.id, LONER.id}
        return
    with pytest.raises(HasChildren):
        engine.remove(BASE.id)
    engine.remove(*BASE.tags)
    assert engine.image(BASE.id).tags == ()


def test_a_running_container_protects_its_image_until_it_is_gone(engine, stocked):
    run(stocked)
    (container,) = engine.list_containers()
    assert (container.name, container.image_id, container.state) == ("it", BASE.id, State.RUNNING)

    with pytest.raises(InUse) as refused:
        engine.remove(*BASE.tags)
    assert refused.value.containers
    assert all(container.id.startswith(each) for each in refused.value.containers)

    engine.stop_container(container.id)
    assert engine.list_containers()[0].state is State.EXITED
    engine.remove_container(container.id)
    engine.remove(*BASE.tags)
    assert BASE.tags[0] not in tags(engine)


def test_a_paused_container_can_be_stopped(engine, stocked):
    run(stocked)
    stocked.cli("pause", "it")
    (container,) = engine.list_containers()
    assert container.state is State.PAUSED

    engine.stop_container(container.id)
    assert engine.list_containers()[0].state is State.EXITED


def test_a_stopped_container_protects_its_image(engine, stocked):
    stocked.cli("create", "--network", "none", LONER.id, "/loner")

    with pytest.raises(InUse) as refused:
        engine.remove(*LONER.tags)
    assert not refused.value.firmly
    assert LONER.id in ids(engine)


def test_force_deletes_the_image_under_a_stopped_container(engine, stocked):
    stocked.cli("create", "--network", "none", LONER.id, "/loner")
    engine.remove(*LONER.tags, force=True)

    assert LONER.id not in ids(engine)
    assert bool(engine.list_containers()) is not is_podman(engine)


def test_force_under_a_running_container_is_what_the_caps_say(engine, stocked):
    run(stocked, CHILD)
    if is_podman(engine):
        engine.remove(CHILD.id, force=True)
        assert engine.list_containers() == ()
        assert CHILD.id not in ids(engine)
        return
    with pytest.raises(InUse) as refused:
        engine.remove(CHILD.id, force=True)
    assert refused.value.firmly
    assert set(engine.image(CHILD.id).tags) == set(CHILD.tags)


def test_a_running_container_is_not_removed_by_mistake(engine, stocked):
    run(stocked)
    (container,) = engine.list_containers()

    with pytest.raises(EngineRefused, match=r"running container|container state improper"):
        engine.remove_container(container.id)
    assert [each.state for each in engine.list_containers()] == [State.RUNNING]
