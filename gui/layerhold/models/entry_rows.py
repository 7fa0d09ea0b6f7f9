"""Entries as rows of a tree, with a row below for each tag where an image has several.

The structure is `QStandardItemModel`'s, and only the texts are ours: a view lays out 10,000 rows
without a single call to Python, in 0.8 ms instead of 17. Even `hasChildren` in Python would make it
8 ms. Hence nobody can be told of branches in advance: who shows a row asks for its `branch`.
"""

from collections.abc import Collection
from enum import Enum, auto
from itertools import compress, filterfalse
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel

from layerhold.models.image_entry import Entry

Index = QModelIndex | QPersistentModelIndex

MOST_RANGES = 32
"""More changed ranges of rows than that are told as one."""
FEW = 8
"""Entries that are found faster one by one than by counting all rows."""
_ROWS_ONLY = QStandardItemModel.LayoutChangeHint.VerticalSortHint
"""Spares the header the work of looking for its columns again."""
_WITH_HINT = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"


class Cause(Enum):
    """Why rows move."""

    CHANGED = auto()
    """The images are others now."""
    FILTERED = auto()
    SORTED = auto()


class EntryRows(QStandardItemModel):
    """Rows keep their identity while they move."""

    rearranging = Signal(Cause)
    """Rows are about to move. Branches close, and stay closed until they are asked for."""
    rearranged = Signal(Cause)

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        self.shown: list[Entry] = []
        self._tags: dict[Entry, tuple[str, ...]] = {}
        """The tags that have rows now."""
        self._rows: dict[Entry, int] = {}
        """Where those rows hang; with children, items do not move.

        The items themselves must not be kept: once the model is gone, PySide takes whatever comes
        to lie in their place for one of them, and crashes.
        """
        super().__init__(1, columns, parent)
        self._top = self.index(0, 0).internalId()
        """Tells rows of images from rows of tags without asking for their parents."""
        self.setRowCount(0)

    @property
    def branches(self) -> Collection[Entry]:
        """The images whose tags have rows now."""
        return self._tags.keys()

    def entry(self, index: Index) -> Entry:
        """The image of a row, which may be the row of a tag."""
        if index.internalId() == self._top:
            return self.shown[index.row()]
        return self.shown[index.parent().row()]

    def tag(self, index: Index) -> str:
        """The reference of a tag's row; empty for an image's."""
        if index.internalId() == self._top:
            return ""
        return self._tags[self.shown[index.parent().row()]][index.row()]

    def branch(self, row: int) -> QModelIndex:
        """The row of an image, with rows for its tags below it if it has several."""
        entry, index = self.shown[row], self.index(row, 0)
        if entry.several and entry not in self._tags:
            self._tags[entry] = entry.image.tags
            self._rows[entry] = row
            item = self.itemFromIndex(index)
            with QSignalBlocker(self):
                # Where there are no rows yet, columns make no cells that anyone must be told of.
                item.setColumnCount(self.columnCount())
            item.setRowCount(len(entry.image.tags))
        return index

    def tag_row(self, row: int, reference: str) -> QModelIndex:
        """Where a tag of the image in that row stands; invalid if it is gone."""
        parent = self.branch(row)
        tags = self._tags.get(self.shown[row], ())
        return self.index(tags.index(reference), 0, parent) if reference in tags else QModelIndex()

    def close(self, entries: Collection[Entry]) -> None:
        """Take away the rows of these images' tags."""
        for entry in self._tags.keys() & entries:
            self.item(self._rows.pop(entry)).setRowCount(0)
            del self._tags[entry]

    def rearrange(self, wanted: list[Entry], cause: Cause, *, anyway: bool = False) -> None:
        """Show these entries in this order; `anyway`: branches may have come or gone."""
        if wanted == self.shown and not anyway:
            return
        self.rearranging.emit(cause)
        # Items cannot move without losing their children, so that none has any while rows move.
        self.close(set(self._tags))
        self._move_to(wanted)
        self.rearranged.emit(cause)

    def tell(self, changed: Collection[Entry]) -> None:
        """Let views paint the rows of these entries again."""
        rows = _rows_of(changed, self.shown)
        last = self.columnCount() - 1
        for top, bottom in _ranges(rows):
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, last))

    def _move_to(self, wanted: list[Entry]) -> None:
        before, after = set(self.shown), set(wanted)
        leaving = [*filterfalse(after.__contains__, self.shown)]
        entering = [*filterfalse(before.__contains__, wanted)]
        if leaving:
            staying = [*filter(before.__contains__, wanted)] if entering else wanted
            self._permute(staying + leaving)
            self.setRowCount(len(staying))
            self.shown = staying
        if entering:
            self.shown = self.shown + entering
            self.setRowCount(len(wanted))
        if wanted != self.shown:
            self._permute(wanted)

    def _permute(self, wanted: list[Entry]) -> None:
        _emit(self.layoutAboutToBeChanged)
        old = self.shown
        before = self.persistentIndexList()
        rows = _rows(wanted, {old[index.row()] for index in before})
        after = [self.index(rows[old[index.row()]], index.column()) for index in before]
        self.shown = wanted
        self.changePersistentIndexList(before, after)
        _emit(self.layoutChanged)


def _rows(entries: list[Entry], wanted: Collection[Entry]) -> dict[Entry, int]:
    """Where the wanted entries stand."""
    if len(wanted) <= FEW:
        return {entry: entries.index(entry) for entry in wanted}
    return {entry: row for row, entry in enumerate(entries)}


def _rows_of(wanted: Collection[Entry], entries: list[Entry]) -> list[int]:
    """Where those of the wanted entries stand that are there."""
    if not wanted:
        return []
    return [*compress(range(len(entries)), map(wanted.__contains__, entries))]


def _emit(signal: Any) -> None:
    """Say that only rows move; Qt's type hints know no overloads of signals."""
    signal[_WITH_HINT].emit([], _ROWS_ONLY)


def _ranges(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found if len(found) <= MOST_RANGES else [(rows[0], rows[-1])]
