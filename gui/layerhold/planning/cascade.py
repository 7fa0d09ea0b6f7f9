"""Which parents engines delete along with their last child."""

from collections.abc import Collection

from layerhold.planning.world import World


def with_parents(world: World, going: Collection[str]) -> set[str]:
    """The IDs of these images and of the unnamed, unused parents that nobody else was built on."""
    gone, waiting = set(going), list(going)
    while world.caps.cascades_to_parents and waiting:
        image = world.images.get(waiting.pop())
        parent = image.parent if image else ""
        if parent and parent not in gone and _goes(world, parent, gone):
            gone.add(parent)
            waiting.append(parent)
    return gone


def _goes(world: World, parent: str, gone: Collection[str]) -> bool:
    image = world.images.get(parent)
    if image is None or image.tags or world.users.get(parent):
        return False
    if image.digests and world.caps.digests_are_references:
        return False
    children = (child for child in world.children[parent] if child in world.images)
    return all(child in gone for child in children)
