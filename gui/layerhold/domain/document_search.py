"""Search a document for text in keys and values, a little at a time."""

from collections.abc import Iterator

from msgspec import Raw

from layerhold.domain.document import Path, Shape, Unreadable, shape, text, walk

STRIDE = 64
"""Values that are looked at between two chances to pause."""

MOST = 10_000
"""Matches after which the search ends: nobody steps through more."""


def matches(raw: Raw, words: str) -> Iterator[Path | None]:
    """Paths whose key or value contains the words, whatever their case; `None` is a pause."""
    needle = words.casefold()
    found = 0
    try:
        for seen, (path, value) in enumerate(walk(raw)):
            if _contains(path, value, needle):
                found += 1
                yield path
            if found == MOST:
                return
            if seen % STRIDE == 0:
                yield None
    except Unreadable:
        return


def _contains(path: Path, value: Raw, needle: str) -> bool:
    key = path[-1]
    if isinstance(key, str) and needle in key.casefold():
        return True
    kind = shape(value)
    if kind is Shape.TEXT:
        return needle in text(value).casefold()
    return kind is Shape.OTHER and needle in bytes(value).decode(errors="replace")
