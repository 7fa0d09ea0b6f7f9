"""Moments as they are written in the documents of images."""

import re
from datetime import UTC, datetime

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def is_moment(text: str) -> bool:
    """Whether it is written as RFC 3339 has it; engines take nothing else."""
    return bool(_MOMENT.fullmatch(text))


def seconds(moment: str | None) -> int:
    """Unix seconds of a time in RFC 3339, 0 for none."""
    try:
        when = datetime.fromisoformat(moment or "")
        return int(when.replace(tzinfo=when.tzinfo or UTC).timestamp())
    except (ValueError, OverflowError):
        return 0
