"""The whole of what a cell of the image list can only hint at."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from layerhold import formatting
from layerhold.domain.labels import lines_of
from layerhold.domain.references import split
from layerhold.formatting import visible
from layerhold.models.columns import IMAGE_COLUMNS
from layerhold.models.image_cells import NONE, condition
from layerhold.models.image_entry import Entry
from layerhold.planning.ordering import Column
from layerhold.wording.containers import container
from layerhold.wording.quoting import tooltip

translate = QCoreApplication.translate

LINES = 24
"""A tooltip that is higher than the screen is of no use."""
LINE = 300
"""Characters of a line."""


def entry_tooltip(entry: Entry, column: int) -> str:
    """About an image, as text in which nothing is markup."""
    return tooltip(_TELL[IMAGE_COLUMNS[column].key](entry))


def tag_tooltip(entry: Entry, reference: str, column: int) -> str:
    """About one tag of an image."""
    if IMAGE_COLUMNS[column].key in {Column.REPOSITORY, Column.TAG}:
        return tooltip(visible(reference, LINE))
    return entry_tooltip(entry, column)


def _lines(lines: Iterable[str]) -> str:
    listed = list(lines)
    shown = [visible(line, LINE) for line in listed[:LINES]]
    if rest := len(listed) - LINES:
        shown += [translate("ImageTooltips", "and {count} more").format(count=rest)] * (rest > 0)
    return "\n".join(shown)


def _names(entry: Entry) -> str:
    names = entry.image.tags or entry.image.digests
    kind = condition(entry.image)
    return _lines(names) if names else f"{NONE} ({kind})"


def _size(entry: Entry) -> str:
    return _bytes(entry.image.size)


def _shared(entry: Entry) -> str:
    return _bytes(entry.figures.shared) if entry.figures else _unknown()


def _unique(entry: Entry) -> str:
    return _bytes(entry.figures.unique) if entry.figures else _unknown()


def _bytes(count: int) -> str:
    return translate("ImageTooltips", "{count} bytes").format(count=f"{count:,}")


def _unknown() -> str:
    return translate("ImageTooltips", "Layerhold is still reading the layers")


def _users(entry: Entry) -> str:
    if not entry.users:
        return translate("ImageTooltips", "No container uses this image")
    return _lines(map(container, entry.users))


_TELL: dict[Column, Callable[[Entry], str]] = {
    Column.REPOSITORY: _names,
    Column.TAG: _names,
    Column.IMAGE_ID: lambda entry: entry.image.id,
    Column.CREATED: lambda entry: formatting.moment(entry.image.created),
    Column.SIZE: _size,
    Column.SHARED: _shared,
    Column.UNIQUE: _unique,
    Column.PLATFORM: lambda entry: visible(entry.platform, LINE),
    Column.USED_BY: _users,
    Column.DIGEST: lambda entry: _lines(split(each)[1] for each in entry.image.digests),
    Column.LABELS: lambda entry: _lines(lines_of(entry.image.labels)),
}
