"""A tree whose branches are made when somebody looks into them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
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

    def title(self, section: int) -> str:
        """What stands above a column."""
        raise NotImplementedError

    def plant(self, items: Sequence[Any]) -> None:
        """Show other items at the top."""
        self.beginResetModel()
        below = list(range(1, len(items) + 1))
        tops = (Node(item, 0, row) for row, item in enumerate(items))
        self._nodes = [Node(None, -1, 0, below), *tops]
        self.endResetModel()

    def replant(self, items: Sequence[Any], parent: Index = ROOT) -> None:
        """Bring one branch to these items; rows that stay keep selection and open branches."""
        number = self._number(parent)
        below = self._nodes[number].below
        if below is None:
            return
        old = [self._nodes[each].item for each in below]
        start = _common(zip(old, items, strict=False))
        rest = min(len(old), len(items)) - start
        end = min(rest, _common(zip(reversed(old), reversed(items), strict=False)))
        self._cut(parent, start, len(old) - end)
        self._insert(parent, start, items[start : len(items) - end])

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

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return self._nodes[self._number(parent)].below is None and self.hasChildren(parent)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            number = self._number(parent)
            self._nodes[number].below = []
            self._insert(parent, 0, self.items_below(self._nodes[number].item))

    def _cut(self, parent: Index, start: int, end: int) -> None:
        if start < end:
            number = self._number(parent)
            self.beginRemoveRows(parent, start, end - 1)
            del self._children(number)[start:end]
            self._count(number)
            self.endRemoveRows()

    def _insert(self, parent: Index, start: int, items: Sequence[Any]) -> None:
        if items:
            number, first = self._number(parent), len(self._nodes)
            self.beginInsertRows(parent, start, start + len(items) - 1)
            self._nodes += [Node(item, number, 0) for item in items]
            self._children(number)[start:start] = range(first, len(self._nodes))
            self._count(number)
            self.endInsertRows()

    def _children(self, number: int) -> list[int]:
        node = self._nodes[number]
        if node.below is None:
            node.below = []
        return node.below

    def _count(self, number: int) -> None:
        for row, child in enumerate(self._children(number)):
            self._nodes[child].row = row

    def _number(self, index: Index) -> int:
        return index.internalId() if index.isValid() else 0


def _common(pairs: Iterable[tuple[Any, Any]]) -> int:
    """How many pairs are equal before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
