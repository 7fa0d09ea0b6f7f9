"""Entries as rows of a tree, with a row below for each tag where an image has several.

The structure is `QStandardItemModel`'s, which asks nothing of Python; no cell ever has an item. A
view lays out 10,000 rows of it in 6 ms, where a model that is all Python takes three times as long.
"""

from collections.abc import Collection, Iterable
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtGui import QStandardItemModel

from layerhold.models.image_entry import Entry

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()
MOST_RANGES = 32
"""More changed ranges of rows than that are told as one."""
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
    """Rows keep their identity while they move; branches are made when a view looks into them."""

    rearranging = Signal(Cause)
    """Rows are about to move, and branches to close for a moment."""
    rearranged = Signal(Cause)

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        self.shown: list[Entry] = []
        self._tags: dict[Entry, tuple[str, ...]] = {}
        """The tags that have rows now."""
        super().__init__(1, columns, parent)
        self._top = self.index(0, 0).internalId()
        """Tells rows of images from rows of tags, and is not asked of Python's objects."""
        self.setRowCount(0)

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

    def tag_row(self, parent: Index, reference: str) -> QModelIndex:
        """Where a tag of that image stands; the branch is made if need be."""
        if self.canFetchMore(parent):
            self.fetchMore(parent)
        tags = self._tags.get(self.shown[parent.row()], ())
        return self.index(tags.index(reference), 0, parent) if reference in tags else QModelIndex()

    def rearrange(self, wanted: list[Entry], cause: Cause, *, anyway: bool = False) -> None:
        """Show these entries in this order; `anyway`: branches may have come or gone."""
        if wanted == self.shown and not anyway:
            return
        self.rearranging.emit(cause)
        opened = self._close_branches()
        self._drop_others(wanted)
        self._take_in(wanted)
        if anyway:
            self._permute(list(wanted))
        self._open_branches(opened)
        self.rearranged.emit(cause)

    def tell(self, changed: Collection[Entry]) -> None:
        """Let views paint the rows of these entries again."""
        rows = [row for row, entry in enumerate(self.shown) if entry in changed] if changed else []
        last = self.columnCount() - 1
        for top, bottom in _ranges(rows):
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, last))

    def hasChildren(self, parent: Index = ROOT) -> bool:
        if parent.internalId() == self._top:
            return self.shown[parent.row()].several and not parent.column()
        return not parent.isValid() and bool(self.shown)

    def canFetchMore(self, parent: Index) -> bool:
        if parent.internalId() != self._top or parent.column():
            return False
        entry = self.shown[parent.row()]
        return entry.several and entry not in self._tags

    def fetchMore(self, parent: Index) -> None:
        entry = self.shown[parent.row()]
        self._tags[entry] = entry.image.tags
        item = self.itemFromIndex(self.index(parent.row(), 0))
        item.setColumnCount(self.columnCount())
        item.setRowCount(len(entry.image.tags))

    def _close_branches(self) -> list[Entry]:
        """Items cannot move without losing their children, so that none has any while rows move."""
        opened = [(row, entry) for row, entry in enumerate(self.shown) if entry in self._tags]
        for row, entry in opened if self._tags else ():
            self.item(row).setRowCount(0)
            del self._tags[entry]
        return [entry for _, entry in opened]

    def _open_branches(self, opened: Iterable[Entry]) -> None:
        rows = {entry: row for row, entry in enumerate(self.shown)} if opened else {}
        for entry in opened:
            if entry in rows and entry.several:
                self.fetchMore(self.index(rows[entry], 0))

    def _drop_others(self, wanted: list[Entry]) -> None:
        before, after = set(self.shown), set(wanted)
        staying = [entry for entry in wanted if entry in before]
        leaving = [entry for entry in self.shown if entry not in after]
        if staying + leaving != self.shown:
            self._permute(staying + leaving)
        if leaving:
            self.setRowCount(len(staying))
            self.shown = staying

    def _take_in(self, wanted: list[Entry]) -> None:
        if len(wanted) > len(self.shown):
            before = set(self.shown)
            self.shown += [entry for entry in wanted if entry not in before]
            self.setRowCount(len(wanted))
        if wanted != self.shown:
            self._permute(wanted)

    def _permute(self, wanted: list[Entry]) -> None:
        _emit(self.layoutAboutToBeChanged)
        old = self.shown
        before = self.persistentIndexList()
        rows = {entry: row for row, entry in enumerate(wanted)} if before else {}
        after = [self.index(rows[old[index.row()]], index.column()) for index in before]
        self.shown = wanted
        self.changePersistentIndexList(before, after)
        _emit(self.layoutChanged)


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
