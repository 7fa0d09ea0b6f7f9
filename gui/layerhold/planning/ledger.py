"""Who holds which layer while a plan is carried out, and so what each row sets free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from layerhold.domain.containers import Container
from layerhold.domain.layers import Anatomy
from layerhold.planning.sharing import NO_BYTES, Bytes, Certainty, certainty
from layerhold.planning.world import World


@dataclass(frozen=True, slots=True)
class Weight:
    """The layers that would be deleted, by chain ID, and what comes free."""

    layers: tuple[str, ...] = ()
    freed: Bytes = NO_BYTES


NO_WEIGHT = Weight()


class Ledger:
    """Counts the images and the containers on every layer of a world, less those let go."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._holders = dict(world.holders)
        self._unread = sum(map(self._adds_doubt, world.images)) + sum(
            container.image_id not in world.images and container.image_id not in world.anatomies
            for container in world.containers
        )

    def weigh(self, images: Iterable[str], containers: Iterable[Container]) -> Weight:
        """What would come free if these went now."""
        released: dict[str, int] = {}
        sizes: dict[str, int] = {}
        images = tuple(images)
        for anatomy in self._stacks(images, containers):
            stack = {layer.chain_id: layer.size for layer in anatomy.layers}
            for layer in stack:
                released[layer] = released.get(layer, 0) + 1
            sizes |= stack
        holders = self._holders
        freed = {layer: size for layer, size in sizes.items() if holders[layer] == released[layer]}
        return Weight(tuple(freed), Bytes(sum(freed.values()), self._certainty(images, freed)))

    def release(self, images: Iterable[str], containers: Iterable[Container]) -> None:
        """Let them go."""
        images = tuple(images)
        self._unread -= sum(map(self._adds_doubt, images))
        for anatomy in self._stacks(images, containers):
            for chain_id in {layer.chain_id for layer in anatomy.layers}:
                self._holders[chain_id] -= 1

    def _stacks(self, images: Iterable[str], containers: Iterable[Container]) -> Iterator[Anatomy]:
        anatomies = self._world.anatomies
        for image_id in chain(images, (container.image_id for container in containers)):
            if image_id in anatomies:
                yield anatomies[image_id]

    def _adds_doubt(self, image_id: str) -> bool:
        """Whether nobody has looked what the image consists of; its children tell it as well."""
        world = self._world
        if image_id in world.anatomies:
            return False
        return bool(world.images[image_id].tags) or image_id not in world.children

    def _certainty(self, images: tuple[str, ...], freed: dict[str, int]) -> Certainty:
        anatomies = self._world.anatomies
        read = [anatomies[image_id] for image_id in images if image_id in anatomies]
        doubtful = sum(map(self._adds_doubt, images))
        if freed and self._unread > doubtful:
            return Certainty.ABOUT
        found = certainty(read, complete=not doubtful)
        return Certainty.EXACT if found is Certainty.ABOUT and not freed else found
