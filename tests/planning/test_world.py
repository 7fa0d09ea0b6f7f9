"""Who uses and who was built on what."""

import pytest

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.planning.world import World

BASE = Image("sha256:b", ("docker.io/library/base:1",))
CHILD = Image("sha256:c", ("host:5000/kid:1",), ("host:5000/kid@sha256:9",), parent="sha256:b")


def world(*containers):
    return World({image.id: image for image in (BASE, CHILD)}, containers)


@pytest.mark.parametrize(
    ("mounted", "image_id"),
    [
        ("sha256:b", "sha256:b"),
        ("b", "sha256:b"),
        ("base:1", "sha256:b"),
        ("docker.io/library/base:1", "sha256:b"),
        ("host:5000/kid:1", "sha256:c"),
        ("Not A Reference", "Not A Reference"),
        ("gone:1", "gone:1"),
    ],
)
def test_mounts_name_images_by_id_or_reference(mounted, image_id):
    container = Container("1", "one", "sha256:x", mounted_images=(mounted,))
    assert world(container).users == {"sha256:x": (container,), image_id: (container,)}


def test_a_container_that_mounts_its_own_image_uses_it_once():
    container = Container("1", "one", "sha256:b", mounted_images=("base:1",))
    assert world(container).users == {"sha256:b": (container,)}


def test_children_by_parent():
    assert world().children == {"sha256:b": ("sha256:c",)}


def test_a_changed_world_is_a_new_one():
    before = world()
    container = Container("1", "one", "sha256:b")
    assert before.with_containers([container]).users == {"sha256:b": (container,)}
    assert before.users == {}
