"""Which image an image was built on, as far as the local images tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, Step


@dataclass(frozen=True, slots=True)
class Base:
    """The base image, and how many lines of the history are its own."""

    image: Image
    steps: int
    """Counted from the oldest."""


def base_image(
    image_id: str,
    steps: Sequence[Step],
    images: Mapping[str, Image],
    anatomies: Mapping[str, Anatomy],
) -> Base | None:
    """The nearest tagged ancestor, or the tagged image with the most of the lowest layers.

    `steps` are the image's own, newest first. `None` where no local image can be the base.
    """
    ancestor = _tagged_ancestor(image_id, images)
    if ancestor and (end := _own_line(ancestor, steps)):
        return Base(ancestor, end)
    if found := _by_layers(image_id, steps, images, anatomies):
        image, depth = found
        return Base(image, _lines_of(image, depth, steps))
    return None


def _tagged_ancestor(image_id: str, images: Mapping[str, Image]) -> Image | None:
    image, seen = images.get(image_id), {image_id}
    while image and (image := images.get(image.parent)) and image.id not in seen:
        if image.tags:
            return image
        seen.add(image.id)
    return None


def _own_line(ancestor: Image, steps: Sequence[Step]) -> int:
    """How many lines are the ancestor's, by the ID that the classic builder leaves; 0: unknown."""
    for row, step in enumerate(steps):
        if row and step.entry.image_id == ancestor.id:
            return len(steps) - row
    return 0


def _by_layers(
    image_id: str,
    steps: Sequence[Step],
    images: Mapping[str, Image],
    anatomies: Mapping[str, Anatomy],
) -> tuple[Image, int] | None:
    """The tagged image whose layers are the longest proper beginning of these, and how many."""
    chains = [step.chain_id for step in reversed(steps) if step.made_layer]
    depths = {chain_id: depth for depth, chain_id in enumerate(chains[:-1], 1)}
    best: tuple[Image, int] | None = None
    for other_id, anatomy in anatomies.items():
        top = anatomy.layers[-1].chain_id if anatomy.layers else ""
        depth = depths.get(top, 0)
        other = images.get(other_id) if depth else None
        if other and other.tags and other_id != image_id:
            candidate = (other, depth)
            best = min(best or candidate, candidate, key=_preference)
    return best


def _preference(candidate: tuple[Image, int]) -> tuple[int, int, str]:
    """More layers first; of equals the oldest, which the others were made from."""
    image, depth = candidate
    return -depth, image.created, image.tags[0]


def _lines_of(image: Image, depth: int, steps: Sequence[Step]) -> int:
    """The lines up to the layer at `depth`, and the empty ones after it that are as old as it."""
    made = 0
    for count, step in enumerate(reversed(steps)):
        if made == depth and (step.made_layer or step.entry.created > image.created):
            return count
        made += step.made_layer
    return len(steps)
