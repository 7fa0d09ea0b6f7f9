"""What stands on an engine, asked of it through our own code, and what lies on its disk."""

import json
from dataclasses import dataclass

from layerhold.domain.cancel import Token
from layerhold.domain.layers import Anatomy
from layerhold.engine.about import Kind
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.removing import RemovalResult, carry_out
from layerhold.planning.removal import RemovalPlan
from layerhold.planning.world import World
from live.daemons import Daemon


@dataclass(frozen=True)
class Stock:
    """An engine at one moment."""

    world: World
    layers: dict[str, int]
    """Bytes of every layer on disk, those that only containers hold included."""

    @property
    def ids(self) -> set[str]:
        return set(self.world.images)

    @property
    def containers(self) -> set[str]:
        return {container.id for container in self.world.containers}

    @property
    def names(self) -> set[str]:
        """Everything that can be untagged."""
        images = self.world.images.values()
        names = {name for image in images for name in image.tags}
        if self.world.caps.digests_are_references:
            names |= {name for image in images for name in image.digests}
        return names


class Keeper:
    """Takes stock of an engine, and carries plans out on it."""

    def __init__(self, daemon: Daemon, engine: Engine) -> None:
        self.engine = engine
        self._daemon = daemon
        self._anatomies: dict[str, Anatomy] = {}

    def take_stock(self) -> Stock:
        images = {image.id: image for image in self.engine.list_images()}
        for image_id in images.keys() - self._anatomies.keys():
            self._anatomies[image_id] = self.engine.anatomy(image_id)
        containers = self.engine.list_containers()
        world = World(images, containers, dict(self._anatomies), self.engine.about.caps)
        return Stock(world, self._layers())

    def carry_out(self, plan: RemovalPlan) -> RemovalResult:
        context = Context(lambda _report: None, Token())
        return carry_out(self.engine, plan, self._anatomies, context)

    def _layers(self) -> dict[str, int]:
        """From the engine's own books: its answers leave out what no image refers to."""
        data, driver = self._daemon.folder / "data", self.engine.about.driver
        if self.engine.about.kind is Kind.PODMAN:
            books = json.loads((data / f"{driver}-layers/layers.json").read_text())
            return {layer["id"]: layer.get("diff-size", 0) for layer in books}
        books = (data / f"image/{driver}/layerdb/sha256").iterdir()
        return {f"sha256:{layer.name}": int((layer / "size").read_text()) for layer in books}
