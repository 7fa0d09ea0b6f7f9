"""What goes along is what the planner says of the same images."""

from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.images import Image
from layerhold.planning.cascade import with_parents
from layerhold.planning.removal import plan
from layerhold.planning.targets import WholeImage
from layerhold.planning.world import World
from planning.model_engine import ContainerdStore, GraphDriver

CAPS = st.sampled_from([GraphDriver.caps, ContainerdStore.caps])


@st.composite
def families(draw):
    """Images of which each may be built on one before it, and may have no tag."""
    images = []
    for number in range(draw(st.integers(1, 8))):
        parent = draw(st.sampled_from(["", *[image.id for image in images]]))
        tags = draw(st.sampled_from([(), (f"a:{number}",)]))
        images.append(Image(f"i{number}", tags, parent=parent))
    return {image.id: image for image in images}


@given(families(), CAPS)
def test_parents_go_with_their_last_child_as_planned(images, caps):
    world = World(images, caps=caps)
    for image_id in images:
        if not world.children.get(image_id):
            planned = plan(world, [WholeImage(image_id)])
            assert with_parents(world, {image_id}) == set(planned.deleted)
