"""Which images pruning would remove; what runs is a removal plan of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layerhold.domain.images import Image
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
    fit = [image.id for image in world.images.values() if _fits(world, image, prune, now)]
    ordered = children_first(world.images, fit, lambda image_id: image_id)
    steps = _steps_kept(world, ordered, prune)
    return tuple(WholeImage(image_id) for image_id in ordered if image_id not in steps)


def has_label(labels: Mapping[str, str], wanted: str) -> bool:
    """Whether `key` or `key=value` is among the labels."""
    key, equals, value = wanted.partition("=")
    return key in labels and (not equals or labels[key] == value)


def _fits(world: World, image: Image, prune: Prune, now: float) -> bool:
    if world.users.get(image.id) or (image.tags and not prune.all_unused):
        return False
    if prune.older_than is not None and image.created > now - prune.older_than:
        return False
    return all(has_label(image.labels, label) for label in prune.labels) and not any(
        has_label(image.labels, label) for label in prune.not_labels
    )


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
