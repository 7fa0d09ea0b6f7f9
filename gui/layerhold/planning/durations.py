"""Spans of time and moments as Docker's `until` takes them, and a little more."""

import re
from dataclasses import dataclass
from datetime import datetime

from layerhold.domain.errors import FilterFault, InvalidFilter

EXAMPLES = ("24h", "30d", "2w", "1h30m", "2026-01-31")
MINUTE, HOUR, DAY = 60, 3_600, 86_400
_UNITS = {
    **dict.fromkeys(("ns",), 1e-9),
    **dict.fromkeys(("us", "µs", "μs"), 1e-6),
    **dict.fromkeys(("ms",), 1e-3),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "hour", "hours"), HOUR),
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("w", "week", "weeks"), 7 * DAY),
    **dict.fromkeys(("mo", "month", "months"), 30 * DAY),
    **dict.fromkeys(("y", "year", "years"), 365 * DAY),
}
_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*([a-zµμ]+)\s*")
_WHOLE = re.compile(rf"(?:{_PART.pattern})+")
_UNIX = re.compile(r"\d{9,11}(?:\.\d+)?")
"""Shorter numbers are not taken for moments: they are spans that lack their unit."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: so many seconds ago, or fixed."""

    seconds_ago: float = 0
    fixed: float | None = None
    """Unix seconds."""

    def at(self, now: float) -> float:
        """Unix seconds."""
        return now - self.seconds_ago if self.fixed is None else self.fixed


def parse_duration(text: str) -> float:
    """Seconds of `24h`, `30d`, `2w`, `1h30m`; raises `InvalidFilter`."""
    plain = text.strip().lower()
    if len(plain) > 100 or not _WHOLE.fullmatch(plain):
        raise InvalidFilter(text, FilterFault.BAD_VALUE, EXAMPLES[:4])
    seconds = 0.0
    for number, unit in _PART.findall(plain):
        if unit not in _UNITS:
            raise InvalidFilter(text, FilterFault.BAD_VALUE, EXAMPLES[:4])
        seconds += float(number) * _UNITS[unit]
    return seconds


def parse_moment(text: str) -> Moment:
    """A duration before now, an RFC 3339 date or time (local without a zone), or Unix seconds."""
    plain = text.strip()
    if _UNIX.fullmatch(plain):
        return Moment(fixed=float(plain))
    if "-" in plain:
        try:
            return Moment(fixed=datetime.fromisoformat(plain.upper()).timestamp())
        except (ValueError, OverflowError, OSError):
            raise InvalidFilter(text, FilterFault.BAD_VALUE, EXAMPLES) from None
    try:
        return Moment(seconds_ago=parse_duration(plain))
    except InvalidFilter:
        raise InvalidFilter(text, FilterFault.BAD_VALUE, EXAMPLES) from None
