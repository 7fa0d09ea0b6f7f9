"""What came into a plan because the engine's images changed while it was being looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from layerhold.planning.targets import OneTag, Target
from layerhold.planning.world import World

Select = Callable[[World], Iterable[Target]]
"""What the plan is about; called on a thread."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the user could know of when they looked."""

    first: World
    """As it was when the plan was opened, whatever the options showed of it."""
    last: World
    """As it was shown last."""
    late: frozenset[Target] = frozenset()
    """What came since, and was told already."""


def came(seen: Seen, now: World, select: Select) -> frozenset[Target]:
    """Targets that nobody has seen as they are: new ones, and images that gained a tag."""
    if seen.first is now:
        return frozenset()
    foreseen = {
        target for target in select(seen.first) if not _gained_a_tag(target, seen.first, now)
    }
    known = foreseen | seen.late
    return frozenset(
        target
        for target in select(now)
        if target not in known or _gained_a_tag(target, seen.last, now)
    )


def _gained_a_tag(target: Target, before: World, after: World) -> bool:
    old, new = before.images.get(target.image_id), after.images.get(target.image_id)
    if isinstance(target, OneTag) or old is None or new is None:
        return False
    return not set(new.tags) <= set(old.tags)
