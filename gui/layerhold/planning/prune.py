"""Which images pruning would remove; what runs is a removal plan of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf

from layerhold.domain.images import Image
from layerhold.domain.labels import labelled
from layerhold.planning.lineage import children_first
from layerhold.planning.targets import WholeImage
from layerhold.planning.world import World


@dataclass(frozen=True, slots=True)
class Prune:
    """What is to go; images that containers use, running or not, never do."""

    all_unused: bool = False
    """Tagged images too, not only dangling ones."""
    older_than: float | None = None
    """Seconds since it was created."""
    labels: tuple[str, ...] = ()
    """`key` or `key=value`; the image has every one of them."""
    not_labels: tuple[str, ...] = ()
    """The image has none of them."""


def candidates(world: World, prune: Prune, now: float) -> tuple[WholeImage, ...]:
    """Images to remove, children before their parents; `now` in Unix seconds."""
    fits = _fitting(world, prune, now)
    fit = [image.id for image in world.images.values() if fits(image)]
    ordered = children_first(world.images, fit, lambda image_id: image_id)
    steps = _steps_kept(world, ordered, prune)
    return tuple(WholeImage(image_id) for image_id in ordered if image_id not in steps)


def _fitting(world: World, prune: Prune, now: float) -> Callable[[Image], bool]:
    wanted = [labelled(label) for label in prune.labels]
    unwanted = [labelled(label) for label in prune.not_labels]
    latest = inf if prune.older_than is None else now - prune.older_than

    def fits(image: Image) -> bool:
        if world.users.get(image.id) or (image.tags and not prune.all_unused):
            return False
        if image.created > latest:
            return False
        labels = image.labels
        return all(has(labels) for has in wanted) and not any(has(labels) for has in unwanted)

    return fits


def _steps_kept(world: World, ordered: Iterable[str], prune: Prune) -> set[str]:
    """Parents that are no rows: they stay for a child that stays, or go with their last.

    Of those that a digest names, only as long as tags are to stay: as Docker's own prune does.
    """
    going: set[str] = set()
    kept: set[str] = set()
    for image_id in ordered:
        image = world.images[image_id]
        children = [child for child in world.children.get(image_id, ()) if child in world.images]
        unnamed = not image.tags and not (image.digests and world.caps.digests_are_references)
        stays = bool(children) and not going.issuperset(children)
        goes_along = bool(children) and unnamed and world.caps.cascades_to_parents
        if goes_along or (stays and (unnamed or not prune.all_unused)):
            kept.add(image_id)
        else:
            going.add(image_id)
    return kept
