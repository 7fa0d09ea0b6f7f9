"""Which image was built on which, as the classic builder and Podman record it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from layerhold.domain.images import Image

Item = TypeVar("Item")


def children_first(
    images: Mapping[str, Image], items: Iterable[Item], image_of: Callable[[Item], str]
) -> list[Item]:
    """In the given order, except that whoever was built on another comes before it."""
    depths: dict[str, int] = {}
    return sorted(items, key=lambda item: -_depth(images, image_of(item), depths))


def ends(
    start: str, children: Callable[[str], Collection[str]], visible: Callable[[str], bool]
) -> tuple[str, ...]:
    """The nearest descendants that are visible or have no children themselves."""
    found: dict[str, None] = {}
    waiting, seen = list(children(start)), {start}
    while waiting:
        image_id = waiting.pop()
        if image_id in seen:
            continue
        seen.add(image_id)
        further = () if visible(image_id) else children(image_id)
        waiting.extend(further)
        if not further:
            found[image_id] = None
    return tuple(found)


def _depth(images: Mapping[str, Image], image_id: str, depths: dict[str, int]) -> int:
    """How many ancestors there are; remembered in `depths` for the whole line."""
    line: dict[str, None] = {}
    while image_id in images and image_id not in depths and image_id not in line:
        line[image_id] = None
        image_id = images[image_id].parent
    deepest = depths.get(image_id, 0)
    for ancestor in reversed(line):
        deepest += 1
        depths[ancestor] = deepest
    return deepest
