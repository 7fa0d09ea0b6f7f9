"""What a world will look like while a plan is carried out, row by row."""

from dataclasses import dataclass
from functools import cached_property

from layerhold.domain.containers import Container
from layerhold.domain.references import split
from layerhold.planning.ledger import NO_WEIGHT, Ledger, Weight
from layerhold.planning.lineage import ends
from layerhold.planning.world import World


@dataclass(frozen=True, slots=True)
class Change:
    """What carrying out one row does."""

    image_id: str
    untagged: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    """IDs; the image itself first, then the parents that go with it."""
    containers: tuple[Container, ...] = ()


class Outlook:
    """A world with changes applied to it one after the other."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.caps = world.caps
        self._untagged: dict[str, set[str]] = {}
        self._deleted: set[str] = set()
        self._names: dict[str, tuple[str, ...]] = {}
        self._containers_gone: set[str] = set()

    def exists(self, image_id: str) -> bool:
        return image_id in self._world.images and image_id not in self._deleted

    def tags(self, image_id: str) -> tuple[str, ...]:
        return self._left(image_id, self._world.images[image_id].tags)

    def digests(self, image_id: str) -> tuple[str, ...]:
        """Digest references that stand on their own; none where they merely follow from tags."""
        if not self.caps.digests_are_references:
            return ()
        return self._left(image_id, self._world.images[image_id].digests)

    def names(self, image_id: str) -> tuple[str, ...]:
        """What must be untagged one by one until no name is left.

        The last tag of a repository takes the digests of that repository along.
        """
        names = self._names.get(image_id)
        if names is None:
            names = self._names[image_id] = self._find_names(image_id)
        return names

    def parent(self, image_id: str) -> str:
        return self._world.images[image_id].parent

    def children(self, image_id: str) -> tuple[str, ...]:
        children = self._world.children.get(image_id, ())
        return tuple([child for child in children if self.exists(child)])

    def descendants(self, image_id: str) -> tuple[str, ...]:
        """The nearest descendants that a person can see: named ones, and ends of a line."""
        return ends(image_id, self.children, lambda child: bool(self.names(child)))

    def users(self, image_id: str) -> tuple[Container, ...]:
        """Containers that were made from the image or mount it."""
        users = self._world.users.get(image_id, ())
        return tuple([user for user in users if user.id not in self._containers_gone])

    def weigh(self, change: Change) -> Weight:
        """What would come free if the change were applied now."""
        if not change.deleted and not change.containers:
            return NO_WEIGHT
        return self._ledger.weigh(change.deleted, change.containers)

    def apply(self, change: Change) -> None:
        self._ledger.release(change.deleted, change.containers)
        self._untagged.setdefault(change.image_id, set()).update(change.untagged)
        self._names.pop(change.image_id, None)
        self._deleted.update(change.deleted)
        self._containers_gone.update(container.id for container in change.containers)

    def _find_names(self, image_id: str) -> tuple[str, ...]:
        tags, digests = self.tags(image_id), self.digests(image_id)
        if not digests:
            return tags
        repositories = {split(tag)[0] for tag in tags}
        return (*tags, *[name for name in digests if split(name)[0] not in repositories])

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._world)

    def _left(self, image_id: str, names: tuple[str, ...]) -> tuple[str, ...]:
        untagged = self._untagged.get(image_id)
        return tuple([name for name in names if name not in untagged]) if untagged else names
