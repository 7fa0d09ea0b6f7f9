"""What came into a plan because the engine's images changed while it was being looked at."""

from collections.abc import Callable, Iterable

from layerhold.planning.targets import OneTag, Target
from layerhold.planning.world import World

Select = Callable[[World], Iterable[Target]]
"""What the plan is about; called on a thread."""


def came(before: World, after: World, select: Select) -> frozenset[Target]:
    """Targets that nobody has seen as they are: new ones, and images that gained a tag."""
    if before is after:
        return frozenset()
    seen = set(select(before))
    return frozenset(
        target
        for target in select(after)
        if target not in seen or _gained_a_tag(target, before, after)
    )


def _gained_a_tag(target: Target, before: World, after: World) -> bool:
    old, new = before.images.get(target.image_id), after.images.get(target.image_id)
    if isinstance(target, OneTag) or old is None or new is None:
        return False
    return not set(new.tags) <= set(old.tags)
