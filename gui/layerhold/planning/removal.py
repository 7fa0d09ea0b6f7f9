"""What removing images and tags would do, row by row, before anything is done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from layerhold.domain.containers import Container
from layerhold.planning.calls import Call
from layerhold.planning.engine_rules import Remedy, force_helps, remedies
from layerhold.planning.lineage import children_first
from layerhold.planning.outcomes import Effect, Outcome, outcome
from layerhold.planning.outlook import Outlook
from layerhold.planning.sharing import Bytes, together
from layerhold.planning.targets import OneTag, Target, WholeImage
from layerhold.planning.world import World

__all__ = [
    "Blocker", "Choice", "Effect", "Offer", "Outcome", "Remedy", "RemovalPlan", "Row",
    "plan", "recheck", "rows",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user wants of a row."""

    ticked: bool = True
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """A container in the way."""

    container: Container
    force_helps: bool
    mounts: bool
    """It only mounts the image; it was made from another one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A remedy that the engine allows for a row, and what would happen with it."""

    remedy: Remedy
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """What carrying out one target does, after the ticked rows above it."""

    target: Target
    choice: Choice
    outcome: Outcome
    blockers: tuple[Blocker, ...] = ()
    """In the way of deleting the image, whether or not a remedy is chosen."""
    children: tuple[str, ...] = ()
    """IDs of the images built on this one: they hold it, or at least its layers."""
    offers: tuple[Offer, ...] = ()

    @property
    def effect(self) -> Effect:
        return self.outcome.effect

    @property
    def untagged(self) -> tuple[str, ...]:
        return self.outcome.change.untagged

    @property
    def deleted(self) -> tuple[str, ...]:
        """Image IDs, those of untagged parents that go along included."""
        return self.outcome.change.deleted

    @property
    def containers_deleted(self) -> tuple[Container, ...]:
        return self.outcome.change.containers

    @property
    def layers(self) -> tuple[str, ...]:
        """Chain IDs of the layers that are deleted, as far as they are known."""
        return self.outcome.weight.layers

    @property
    def freed(self) -> Bytes:
        """What comes free beyond the ticked rows above."""
        return self.outcome.weight.freed

    @property
    def calls(self) -> tuple[Call, ...]:
        """What to ask of the engine, in this order, stopping at the first failure."""
        return self.outcome.calls

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        return tuple(offer.remedy for offer in self.offers)


@dataclass(frozen=True, slots=True)
class RemovalPlan:
    """Rows in the order in which they are carried out: children before parents."""

    rows: tuple[Row, ...]

    @property
    def ticked(self) -> tuple[Row, ...]:
        """The rows that will be carried out."""
        return tuple(row for row in self.rows if row.choice.ticked and row.calls)

    @property
    def freed(self) -> Bytes:
        return together(row.freed for row in self.ticked)

    @property
    def deleted(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(row.deleted for row in self.ticked))

    @property
    def untagged(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(row.untagged for row in self.ticked))

    @property
    def containers_deleted(self) -> tuple[Container, ...]:
        return tuple(chain.from_iterable(row.containers_deleted for row in self.ticked))


def plan(
    world: World, targets: Iterable[Target], choices: Mapping[Target, Choice] | None = None
) -> RemovalPlan:
    """What would happen. A target without a choice is ticked."""
    return RemovalPlan(tuple(rows(world, targets, choices)))


def rows(
    world: World, targets: Iterable[Target], choices: Mapping[Target, Choice] | None = None
) -> Iterator[Row]:
    """The rows of `plan` one by one, for who must not stop for long."""
    outlook, choices = Outlook(world), choices or {}
    distinct = dict.fromkeys(targets)
    for target in children_first(world.images, distinct, lambda target: target.image_id):
        row = _row(outlook, target, choices.get(target, Choice()))
        if row.choice.ticked and row.calls:
            outlook.apply(row.outcome.change)
        yield row


def recheck(row: Row, world: World) -> bool:
    """Whether the row, carried out alone on this world, would still do what it says."""
    now = _outcome(Outlook(world), row.target, row.choice.remedy)
    return bool(now.calls) and _facts(now) == _facts(row.outcome)


def _facts(found: Outcome) -> tuple[object, ...]:
    change = found.change
    containers = frozenset(container.id for container in change.containers)
    return found.effect, frozenset(change.untagged), frozenset(change.deleted), containers


def _outcome(outlook: Outlook, target: Target, remedy: Remedy | None) -> Outcome:
    tag = target.tag if isinstance(target, OneTag) else None
    return outcome(outlook, target.image_id, tag, remedy)


def _weighed(outlook: Outlook, target: Target, remedy: Remedy | None) -> Outcome:
    found = _outcome(outlook, target, remedy)
    weight = outlook.weigh(found.change)
    return replace(found, weight=weight) if found.calls else found


def _row(outlook: Outlook, target: Target, choice: Choice) -> Row:
    image_id, whole = target.image_id, isinstance(target, WholeImage)
    found = _weighed(outlook, target, choice.remedy)
    if found.effect is Effect.GONE or not (whole or len(outlook.names(image_id)) == 1):
        return Row(target, choice, found)
    users = outlook.users(image_id)
    blockers = tuple(
        Blocker(user, force_helps(outlook.caps, image_id, user), user.image_id != image_id)
        for user in users
    )
    children = outlook.descendants(image_id)
    allowed = remedies(outlook, image_id, whole=whole) if users else ()
    offers = tuple(Offer(remedy, _weighed(outlook, target, remedy)) for remedy in allowed)
    return Row(target, choice, found, blockers, children, offers)
