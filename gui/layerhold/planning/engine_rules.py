"""What engines do when an image loses its last name, as their sources say and as was tried.

Docker's graph drivers, moby `daemon/images/image_delete.go`: the last name cannot go while a
container uses the image, unless forced. Forced, the image is deleted under stopped containers (they
keep its layers) and stays untagged under running ones. An image with children stays. A deleted
image takes its parents along as far as they are unnamed, childless and unused.

The containerd store, moby `daemon/containerd/image_delete.go`: forced, the image always stays
untagged; one with children stays untagged as well, but nothing keeps it from being deleted by ID.

Podman, `libimage/image.go`: forced, the containers are deleted, those of the parents too. Children
hold nothing back. It looks at no image mounts; we do, because such a container would be broken.
"""

from collections.abc import Collection
from enum import Enum, auto

from layerhold.domain.containers import Container
from layerhold.domain.references import split
from layerhold.engine.about import Caps
from layerhold.planning.outlook import Change, Outlook


class Remedy(Enum):
    """How a row can be carried out although containers are in the way."""

    REMOVE_STOPPED_CONTAINERS = auto()
    STOP_AND_REMOVE_CONTAINERS = auto()
    UNTAG_ONLY = auto()
    """The image loses its names, and stays without one under the containers."""
    FORCE = auto()
    """Docker: the image goes, stopped containers stay. Podman: the containers go as well."""


def clearing(users: Collection[Container]) -> Remedy:
    """The remedy that removes all these containers."""
    if any(user.state.holds_firmly for user in users):
        return Remedy.STOP_AND_REMOVE_CONTAINERS
    return Remedy.REMOVE_STOPPED_CONTAINERS


def remedies(outlook: Outlook, image_id: str, *, whole: bool) -> tuple[Remedy, ...]:
    """What the engine truly allows for an image that is losing its last name under containers.

    No container is to go where the image would lose no more than its name for it.
    """
    users = outlook.users(image_id)
    if children_hold(outlook, image_id) and not outlook.names(image_id):
        return ()
    untag_only = [Remedy.UNTAG_ONLY] if _untag_only_works(outlook, image_id) else []
    in_vain = untag_only and stays_untagged(outlook, image_id, whole=whole)
    found = untag_only if in_vain else [clearing(users), *untag_only]
    if _force_deletes(outlook, image_id, whole=whole):
        found.append(Remedy.FORCE)
    return tuple(found)


def force_helps(caps: Caps, image_id: str, user: Container) -> bool:
    """Whether the image can be deleted by force although this container uses it."""
    if user.image_id != image_id:
        return False
    return caps.force_deletes_containers or not user.state.holds_firmly


def children_hold(outlook: Outlook, image_id: str) -> bool:
    """Whether the image cannot be deleted, only untagged, because of its children."""
    return outlook.caps.parents_hold and bool(outlook.children(image_id))


def stays_untagged(outlook: Outlook, image_id: str, *, whole: bool) -> bool:
    """Whether the image outlives its last name although no container uses it."""
    if not outlook.caps.untagging_keeps_parents or not outlook.children(image_id):
        return False
    return not whole or outlook.caps.parents_hold


def untagging(outlook: Outlook, image_id: str, names: Collection[str]) -> tuple[str, ...]:
    """These names, and the digests that go with the last tag of their repository."""
    digests = outlook.digests(image_id)
    if not digests:
        return tuple(names)
    kept = {split(tag)[0] for tag in outlook.tags(image_id) if tag not in names}
    losing = {split(name)[0] for name in names if "@" not in name} - kept
    follow = [name for name in digests if split(name)[0] in losing and name not in names]
    return (*names, *follow)


def deletion(outlook: Outlook, change: Change, *, force_containers: bool = False) -> Change:
    """The change with the image deleted, and with the parents that go along."""
    deleted, containers = [change.image_id], dict.fromkeys(change.containers)
    parent = outlook.parent(change.image_id) if outlook.caps.cascades_to_parents else ""
    while outlook.exists(parent) and parent not in deleted and not outlook.names(parent):
        users = [
            user
            for user in outlook.users(parent)
            if user.image_id == parent and user not in containers
        ]
        if set(outlook.children(parent)) - set(deleted) or (users and not force_containers):
            break
        deleted.append(parent)
        containers |= dict.fromkeys(users)
        parent = outlook.parent(parent)
    return Change(change.image_id, change.untagged, tuple(deleted), tuple(containers))


def _untag_only_works(outlook: Outlook, image_id: str) -> bool:
    caps = outlook.caps
    if caps.force_deletes_containers or not outlook.names(image_id):
        return False
    made = [user for user in outlook.users(image_id) if user.image_id == image_id]
    if not caps.stopped_force_deletes_record:
        return bool(made)
    return any(user.state.holds_firmly for user in made) or bool(outlook.children(image_id))


def _force_deletes(outlook: Outlook, image_id: str, *, whole: bool) -> bool:
    caps = outlook.caps
    if not all(force_helps(caps, image_id, user) for user in outlook.users(image_id)):
        return False
    if caps.force_deletes_containers:
        return True
    by_name = caps.stopped_force_deletes_record or not outlook.names(image_id)
    return (by_name or whole) and not children_hold(outlook, image_id)
