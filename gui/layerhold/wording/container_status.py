"""The engine's sentence on a container, whose time goes on after the engine has said it."""

import re

from layerhold.domain.containers import Container
from layerhold.formatting import span

_SPAN = re.compile(
    r"Less than a second|About an? (?P<one>minute|hour)"
    r"|(?P<count>\d+) (?P<unit>second|minute|hour|day|week|month|year)s?"
)
_BRIEF = re.compile(r"Less than a second|\d+ seconds?")
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": 30 * 86_400,
    "year": 365 * 86_400,
}


def status(container: Container, now: float) -> str:
    """Such as `Up 2 hours (healthy)`, as the engine would say it `now` (Unix seconds)."""
    since, said = status_since(container), container.status
    minutes = int(now - since) // 60
    if not since or (minutes < 1 and not _BRIEF.search(said)):
        return said
    # Seconds would have to be painted anew each second.
    told = span(minutes) if minutes >= 1 else "less than a minute"
    return _SPAN.sub(f"{told[0].upper()}{told[1:]}", said, count=1)


def status_since(container: Container) -> int:
    """When it began to be so, in Unix seconds, at the latest; 0 where the sentence has no time."""
    found = _SPAN.search(container.status)
    if not found or not container.seen:
        return 0
    unit = found["unit"] or found["one"]
    return int(container.seen) - int(found["count"] or 1) * _SECONDS.get(unit, 0)
