"""What the cells of the image list say, of an image and of one of its tags."""

import time
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from layerhold import formatting
from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.domain.labels import lines_of
from layerhold.domain.references import split
from layerhold.formatting import visible
from layerhold.models.columns import IMAGE_COLUMNS
from layerhold.models.image_entry import Entry
from layerhold.planning.ordering import Column

translate = QCoreApplication.translate

NONE = "<none>"
"""How Docker prints the repository and the tag of an image that has none."""
LIMIT = 300
"""Characters of a cell; more cannot be seen at once."""


def repository(image: Image) -> str:
    """Of the first tag; an image without tags may still be known from a registry."""
    names = image.tags or image.digests
    return visible(split(names[0])[0], LIMIT) if names else NONE


def tag(image: Image) -> str:
    """The first tag."""
    return visible(split(image.tags[0])[1], LIMIT) if image.tags else NONE


def more_tags(image: Image) -> str:
    """`+2` where the image has three tags."""
    return f"+{len(image.tags) - 1}" if len(image.tags) > 1 else ""


def condition(image: Image) -> str:
    """What is special about an image without tags, in a word."""
    if image.intermediate:
        return translate("ImageCells", "intermediate")
    return translate("ImageCells", "dangling") if image.dangling else ""


def created(image: Image) -> str:
    """How long ago; builds that want to be the same every time leave it out."""
    if image.created <= 0:
        return translate("ImageCells", "unknown")
    return formatting.age(image.created, time.time())


def platform(entry: Entry) -> str:
    """Only what is not plain: `amd64`, but `windows/amd64`."""
    return visible(entry.platform.removeprefix("linux/"), LIMIT)


def digest_for(image: Image, reference: str) -> str:
    """The digest under which a registry has the repository of this reference."""
    wanted = split(reference)[0]
    found = (split(digest) for digest in image.digests)
    return next((digest for name, digest in found if name == wanted), "")


@lru_cache(maxsize=256)
def labels(image: Image) -> str:
    """As `docker images --format` prints them, cut."""
    return visible(", ".join(line[:LIMIT] for line in lines_of(image.labels)), LIMIT)


def _with(word: str, text: str) -> str:
    return f"{text} {word}" if word else text


def _shared(entry: Entry) -> str:
    return _amount(entry, entry.figures.shared) if entry.figures else ""


def _unique(entry: Entry) -> str:
    return _amount(entry, entry.figures.unique) if entry.figures else ""


def _amount(entry: Entry, count: int) -> str:
    sure = entry.figures is None or entry.figures.exact
    return formatting.size(count) if sure else f"≈ {formatting.size(count)}"


def _nothing(_image: Image, _reference: str) -> str:
    return ""


def _first_digest(entry: Entry) -> str:
    digests = entry.image.digests
    return visible(split(digests[0])[1], LIMIT) if digests else ""


_ENTRY: dict[Column, Callable[[Entry], str]] = {
    Column.REPOSITORY: lambda entry: repository(entry.image),
    Column.TAG: lambda entry: _with(more_tags(entry.image), tag(entry.image)),
    Column.IMAGE_ID: lambda entry: short(entry.image.id),
    Column.CREATED: lambda entry: created(entry.image),
    Column.SIZE: lambda entry: formatting.size(entry.image.size),
    Column.SHARED: _shared,
    Column.UNIQUE: _unique,
    Column.PLATFORM: platform,
    Column.USED_BY: lambda entry: visible(entry.used_by, LIMIT),
    Column.DIGEST: _first_digest,
    Column.LABELS: lambda entry: labels(entry.image),
}
_TAG: dict[Column, Callable[[Image, str], str]] = {
    Column.REPOSITORY: lambda _, reference: visible(split(reference)[0], LIMIT),
    Column.TAG: lambda _, reference: visible(split(reference)[1], LIMIT),
    Column.DIGEST: digest_for,
}

ENTRY_CELLS = tuple(_ENTRY[column.key] for column in IMAGE_COLUMNS)
"""The text of each column for an image."""
TAG_CELLS = tuple(_TAG.get(column.key, _nothing) for column in IMAGE_COLUMNS)
"""The text of each column for a tag; what is said of the image is not said again."""
