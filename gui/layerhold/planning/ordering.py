"""The order of images under each column, found on plain data."""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from layerhold.domain.labels import text_of
from layerhold.domain.references import split
from layerhold.planning.rows import Rows

_LONGEST = 400
_NUMBER = re.compile(rf"(\d{{1,{_LONGEST}}})")
_LENGTHS = tuple(f"\0{length:03}" for length in range(_LONGEST + 1))


class Column(Enum):
    """What images can be ordered by."""

    REPOSITORY = "repository"
    TAG = "tag"
    IMAGE_ID = "image ID"
    CREATED = "created"
    SIZE = "size"
    SHARED = "shared"
    UNIQUE = "unique"
    PLATFORM = "platform"
    USED_BY = "used by"
    DIGEST = "digest"
    LABELS = "labels"


def order(rows: Rows, column: Column, *, descending: bool = False) -> list[int]:
    """The numbers of all rows in order.

    Equal ones stay as they are, and rows without a value come last either way.
    """
    keys = list(_KEYS[column](rows))
    if None not in keys:
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
    present = [row for row, key in enumerate(keys) if key is not None]
    missing = [row for row, key in enumerate(keys) if key is None]
    present.sort(key=keys.__getitem__, reverse=descending)
    return present + missing


@lru_cache(maxsize=4096)
def natural(text: str) -> str:
    """A text by which numbers are ordered as numbers, so that `1.9` comes before `1.10`.

    Each number has its length before it. Tuples would take twice as long to compare.
    """
    parts = _NUMBER.split(text.lower())
    for place in range(1, len(parts), 2):
        number = parts[place].lstrip("0")
        parts[place] = _LENGTHS[len(number)] + number
    return "".join(parts)


def _repositories(rows: Rows) -> Iterable[Any]:
    for image in rows.images:
        if image.tags:
            repository, tag = split(image.tags[0])
            yield f"{repository.lower()}\0{natural(tag)}"
        else:
            yield None


def _tags(rows: Rows) -> Iterable[Any]:
    return (natural(split(image.tags[0])[1]) if image.tags else None for image in rows.images)


def _shared(rows: Rows) -> Iterable[Any]:
    return (figures and figures.shared for figures in rows.figures)


def _unique(rows: Rows) -> Iterable[Any]:
    return (figures and figures.unique for figures in rows.figures)


def _labels(rows: Rows) -> Iterable[Any]:
    """Engines list labels by their keys already."""
    return (text_of(image.labels) or None for image in rows.images)


_KEYS: dict[Column, Callable[[Rows], Iterable[Any]]] = {
    Column.REPOSITORY: _repositories,
    Column.TAG: _tags,
    Column.IMAGE_ID: lambda rows: map(attrgetter("id"), rows.images),
    Column.CREATED: lambda rows: map(attrgetter("created"), rows.images),
    Column.SIZE: lambda rows: map(attrgetter("size"), rows.images),
    Column.SHARED: _shared,
    Column.UNIQUE: _unique,
    Column.PLATFORM: lambda rows: (platform or None for platform in rows.platforms),
    Column.USED_BY: lambda rows: (names.lower() or None for names in rows.used_by),
    Column.DIGEST: lambda rows: (
        split(image.digests[0])[1] if image.digests else None for image in rows.images
    ),
    Column.LABELS: _labels,
}
