"""Moments as they are written in the documents of images."""

from datetime import UTC, datetime


def seconds(moment: str | None) -> int:
    """Unix seconds of a time in RFC 3339, 0 for none."""
    try:
        when = datetime.fromisoformat(moment or "")
        return int(when.replace(tzinfo=when.tzinfo or UTC).timestamp())
    except (ValueError, OverflowError):
        return 0
