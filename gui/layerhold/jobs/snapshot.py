"""Everything the image list shows, taken in one go, off the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.engine.api import Engine


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an engine holds at one moment."""

    images: Mapping[str, Image]
    """By ID, newest first."""
    containers: tuple[Container, ...]
    begun: float = 0.0
    """When the engine was asked (monotonic seconds), where that matters to anybody."""


NOTHING = Snapshot({}, ())


def take(engine: Engine, before: Snapshot = NOTHING, token: Token | None = None) -> Snapshot:
    """List images and containers; what has not changed is the very object of `before`."""
    begun = monotonic()
    found = settle(engine.list_images(token), engine.list_containers(token), before)
    return replace(found, begun=begun)


def settle(
    images: tuple[Image, ...], containers: tuple[Container, ...], before: Snapshot = NOTHING
) -> Snapshot:
    """Make a snapshot in which unchanged images keep their identity."""
    known = before.images
    fresh = {image.id: old if (old := known.get(image.id)) == image else image for image in images}
    same = containers == before.containers
    return Snapshot(fresh, before.containers if same else containers)
