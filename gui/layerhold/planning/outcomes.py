"""What becomes of one image or tag, and by which calls."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from layerhold.domain.containers import Container
from layerhold.planning.calls import Call, RemoveContainer, RemoveImage, StopContainer
from layerhold.planning.engine_rules import (
    Remedy,
    children_hold,
    deletion,
    remedies,
    stays_untagged,
    untagging,
)
from layerhold.planning.ledger import NO_WEIGHT, Weight
from layerhold.planning.outlook import Change, Outlook


class Effect(Enum):
    """What happens to the image."""

    UNTAG = "untag"
    """It loses names and stays."""
    DELETE = "delete"
    BLOCKED = "blocked"
    """Nothing: something is in the way."""
    GONE = "gone"
    """Nothing: it is not there, or no longer when its turn comes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The effect in full; `change` is what it does to the world."""

    effect: Effect
    change: Change
    calls: tuple[Call, ...] = ()
    weight: Weight = NO_WEIGHT


def outcome(outlook: Outlook, image_id: str, tag: str | None, remedy: Remedy | None) -> Outcome:
    """What removing the image, or only this tag of it, would do now."""
    nothing = Change(image_id)
    if not outlook.exists(image_id) or (tag and tag not in outlook.tags(image_id)):
        return Outcome(Effect.GONE, nothing)
    names = outlook.names(image_id)
    if tag and len(names) > 1:
        untagged = Change(image_id, untagging(outlook, image_id, (tag,)))
        return Outcome(Effect.UNTAG, untagged, (RemoveImage(tag),))
    if not names and children_hold(outlook, image_id):
        return Outcome(Effect.BLOCKED, nothing)
    if not outlook.users(image_id):
        return _unhindered(outlook, nothing, whole=tag is None)
    if remedy not in remedies(outlook, image_id, whole=tag is None):
        return Outcome(Effect.BLOCKED, nothing)
    return _remedied(outlook, image_id, remedy, whole=tag is None)


def _remedied(outlook: Outlook, image_id: str, remedy: Remedy | None, *, whole: bool) -> Outcome:
    users = outlook.users(image_id)
    names = outlook.names(image_id)
    untagged = Change(image_id, untagging(outlook, image_id, names))
    if remedy is Remedy.UNTAG_ONLY:
        return Outcome(Effect.UNTAG, untagged, tuple(_untag(names, force=True)))
    if remedy is not Remedy.FORCE:
        return _unhindered(outlook, Change(image_id, containers=users), whole=whole)
    if outlook.caps.force_deletes_containers:
        untagged = Change(image_id, untagged.untagged, containers=users)
        change = deletion(outlook, untagged, force_containers=True)
        calls = (*_stop(change.containers), *_delete(outlook, image_id, force=True, whole=whole))
        return Outcome(Effect.DELETE, change, calls)
    calls = tuple(_delete(outlook, image_id, force=True, whole=whole))
    return Outcome(Effect.DELETE, deletion(outlook, untagged), calls)


def _unhindered(outlook: Outlook, cleared: Change, *, whole: bool) -> Outcome:
    """What happens once the containers of the change are out of the way."""
    image_id, users = cleared.image_id, cleared.containers
    names = outlook.names(image_id)
    change = Change(image_id, untagging(outlook, image_id, names), containers=users)
    clearing = (*_stop(users), *(RemoveContainer(user.id) for user in users))
    if stays_untagged(outlook, image_id, whole=whole):
        return Outcome(Effect.UNTAG, change, (*clearing, *_untag(names, force=False)))
    calls = (*clearing, *_delete(outlook, image_id, force=False, whole=whole))
    return Outcome(Effect.DELETE, deletion(outlook, change), calls)


def _stop(users: Iterable[Container]) -> Iterator[Call]:
    return (StopContainer(user.id) for user in users if user.state.holds_firmly)


def _untag(names: tuple[str, ...], *, force: bool) -> Iterator[Call]:
    """One by one, because no engine deletes an image with several tags by its ID.

    Docker takes several digests of one repository for a single name, hence force for each.
    """
    for name in names:
        yield RemoveImage(name, force=force and (name == names[-1] or "@" in name))


def _delete(outlook: Outlook, image_id: str, *, force: bool, whole: bool) -> Iterator[Call]:
    names, caps = outlook.names(image_id), outlook.caps
    yield from _untag(names, force=force)
    if not names:
        yield RemoveImage(image_id, force=force)
        return
    outlives_its_names = caps.untagging_keeps_parents and bool(outlook.children(image_id))
    outlives_force = force and not caps.stopped_force_deletes_record
    if whole and (outlives_its_names or outlives_force):
        yield RemoveImage(image_id, force=force, unless_gone=True)
