"""Sizes, ages and IDs as people read them."""

import re
from datetime import UTC, datetime
from functools import lru_cache

_BYTES = re.compile(r"Bytes?")
_DAY = 24
"""Hours."""
_WEEK, _MONTH, _YEAR = 7 * _DAY, 30 * _DAY, 365 * _DAY
_SPANS = (
    ("hours", 1, 2 * _DAY),
    ("days", _DAY, 2 * _WEEK),
    ("weeks", _WEEK, 2 * _MONTH),
    ("months", _MONTH, 2 * _YEAR),
)
"""A unit, its length, and below how many hours it is used."""


@lru_cache(maxsize=4096)
def size(count: int) -> str:
    """Bytes as Docker prints them: decimal units, three significant digits."""
    # It takes 10 ms to import, and the first picture shows no sizes.
    from humanize import naturalsize

    # Rounded before it is told, else 999.9 kB would read as 1e+03 kB.
    rounded = int(float(f"{count:.3g}"))
    return _BYTES.sub("B", naturalsize(rounded, format="%.3g"))


def moment(seconds: int) -> str:
    """A Unix time as a local date and time to the second."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S %z")


def clock(seconds: float, now: float) -> str:
    """A Unix time as `14:05`, with its date unless that is today's (`now`: Unix seconds)."""
    then, today = (datetime.fromtimestamp(it, UTC).astimezone() for it in (seconds, now))
    return then.strftime("%H:%M" if then.date() == today.date() else "%Y-%m-%d %H:%M")


def age(seconds: int, now: float) -> str:
    """How long before `now` (Unix seconds) something was, such as `2 months ago`."""
    return _age(int((now - seconds) // 60))


@lru_cache(maxsize=4096)
def _age(minutes: int) -> str:
    """Clocks may be wrong, and dates made up: what is to come is told as that."""
    if minutes in {-1, 0}:
        return "just now"
    told = span(abs(minutes))
    return f"{told[0].upper()}{told[1:]} ago" if minutes > 0 else f"in {told}"


def span(minutes: int) -> str:
    """As Docker counts (`HumanDuration` of github.com/docker/go-units)."""
    if minutes < 60:
        return "about a minute" if minutes == 1 else f"{minutes} minutes"
    hours = (minutes + 30) // 60
    if hours == 1:
        return "about an hour"
    for unit, length, end in _SPANS:
        if hours < end:
            return f"{hours // length} {unit}"
    return f"{minutes // 60 // _YEAR} years"


def duration(seconds: float) -> str:
    """How long a job took: `0.4 s`, `12 s`, `3 min 5 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def countdown(seconds: float) -> str:
    """How long something may still take, as far as anybody knows: `3 s`, `2 min`, `1 h 5 min`."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def visible(text: str, limit: int = 2000) -> str:
    """Text from outside, safe to show: control characters become visible, and it is cut."""
    cut = text[:limit]
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else _control(c) for c in cut)
    return cut + "…" if len(text) > limit else cut


def _control(character: str) -> str:
    if character in "\n\t":
        return " "
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
