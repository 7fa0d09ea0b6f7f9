"""A tree whose branches are made when somebody looks into them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()
COPY_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole of what the row says, for the clipboard."""


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree; `below` are its children's numbers, once they are known."""

    item: Any
    above: int
    row: int
    below: list[int] | None = None


class LazyTree(QAbstractItemModel):
    """Subclasses say what is below an item, and what its columns say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes = [Node(None, -1, 0, [])]

    def has_branches(self, item: Any) -> bool:
        """Whether anything is below the item; asked for every row that is shown."""
        raise NotImplementedError

    def items_below(self, item: Any) -> Sequence[Any]:
        """What is below; asked once."""
        raise NotImplementedError

    def plant(self, items: Sequence[Any]) -> None:
        """Show other items at the top."""
        self.beginResetModel()
        self._nodes = [Node(None, -1, 0)]
        self._grow(0, items)
        self.endResetModel()

    def item(self, index: Index) -> Any:
        """What the row stands for."""
        return self._nodes[self._number(index)].item

    def tops(self) -> Iterator[QModelIndex]:
        """The rows at the top."""
        return (self.index(row, 0) for row in range(self.rowCount()))

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        below = self._nodes[self._number(parent)].below or ()
        if 0 <= row < len(below) and 0 <= column < self.columnCount():
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def parent(self, index: Index = ROOT) -> Any:
        above = self._nodes[self._number(index)].above
        return self.createIndex(self._nodes[above].row, 0, above) if above > 0 else QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        return len(self._nodes[self._number(parent)].below or ()) if parent.column() <= 0 else 0

    def hasChildren(self, parent: Index = ROOT) -> bool:
        if parent.column() > 0:
            return False
        node = self._nodes[self._number(parent)]
        return self.has_branches(node.item) if node.below is None else bool(node.below)

    def canFetchMore(self, parent: Index) -> bool:
        return self._nodes[self._number(parent)].below is None and self.hasChildren(parent)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            number = self._number(parent)
            items = self.items_below(self._nodes[number].item)
            if items:
                self.beginInsertRows(parent, 0, len(items) - 1)
            self._grow(number, items)
            if items:
                self.endInsertRows()

    def _grow(self, number: int, items: Sequence[Any]) -> None:
        first = len(self._nodes)
        self._nodes += [Node(item, number, row) for row, item in enumerate(items)]
        self._nodes[number].below = list(range(first, len(self._nodes)))

    def _number(self, index: Index) -> int:
        return index.internalId() if index.isValid() else 0
