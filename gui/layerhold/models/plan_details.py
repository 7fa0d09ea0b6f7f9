"""The lines under a row of a plan: everything that carrying it out would touch."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from layerhold.domain.digests import short
from layerhold.formatting import size, visible
from layerhold.planning.removal import Blocker, Row
from layerhold.planning.world import World
from layerhold.wording.containers import container

translate = QCoreApplication.translate

LAYERS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Detail:
    """One line: of what kind it is, what it is about, and how many bytes that is."""

    kind: str
    what: str
    bytes: str = ""
    whole: str = ""
    """What to show in full where there is room for it."""


def details(row: Row, world: World) -> tuple[Detail, ...]:
    """What is untagged and deleted, what is in the way, and what was built on it."""
    return tuple(_lines(row, world))


def _lines(row: Row, world: World) -> Iterator[Detail]:
    for blocker in row.blockers:
        if blocker.container not in row.containers_deleted:
            yield _blocker(blocker)
    for child in row.children:
        yield Detail(translate("Plan", "Image built on it"), title(child, world), whole=child)
    for name in row.untagged:
        yield Detail(translate("Plan", "Untags"), visible(name))
    for image_id in row.deleted:
        yield Detail(translate("Plan", "Deletes image"), short(image_id), whole=image_id)
    yield from _layers(row, world)
    for user in row.containers_deleted:
        yield Detail(translate("Plan", "Removes container"), container(user), whole=user.id)
    if not (row.blockers or row.children or row.untagged or row.deleted):
        yield Detail(translate("Plan", "Image"), short(row.target.image_id))


def _blocker(blocker: Blocker) -> Detail:
    kind = translate("Plan", "Mounted by") if blocker.mounts else translate("Plan", "Used by")
    return Detail(kind, container(blocker.container), whole=blocker.container.id)


def _layers(row: Row, world: World) -> Iterator[Detail]:
    sizes = {
        layer.chain_id: layer.size
        for image_id in (row.target.image_id, *row.deleted)
        if (anatomy := world.anatomies.get(image_id))
        for layer in anatomy.layers
    }
    for chain_id in row.layers[:LAYERS_SHOWN]:
        amount = size(sizes[chain_id]) if chain_id in sizes else ""
        yield Detail(translate("Plan", "Deletes layer"), short(chain_id), amount, chain_id)
    if (rest := len(row.layers) - LAYERS_SHOWN) > 0:
        more = translate("Plan", "and {count} more").format(count=rest)
        yield Detail(translate("Plan", "Deletes layers"), more)


def title(image_id: str, world: World) -> str:
    """What an image is best known by: its first tag and how many more, or its ID."""
    image = world.images.get(image_id)
    if image is None or not image.tags:
        return translate("Plan", "<none> {id}").replace("{id}", short(image_id))
    first, more = visible(image.tags[0], 300), len(image.tags) - 1
    return f"{first}  +{more}" if more else first
