"""A list of things with columns, brought up to date by difference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QIcon

from layerhold.formatting import visible
from layerhold.models.lazy_tree import COPY_ROLE, ROOT, Index, LazyTree
from layerhold.wording.quoting import tooltip


@dataclass(frozen=True, slots=True)
class Column:
    """What one column says about a thing; texts may be hostile."""

    title: Callable[[], str]
    text: Callable[[Any], str]
    icon: Callable[[Any], QIcon] | None = None
    font: Callable[[], QFont] | None = None


class FlatList(LazyTree):
    """Rows without anything below them; the first column is what is copied."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns

    def has_branches(self, _item: Any) -> bool:
        return False

    def items_below(self, _item: Any) -> Sequence[Any]:
        return ()

    def columnCount(self, _parent: Index = ROOT) -> int:
        return len(self._columns)

    def title(self, section: int) -> str:
        return self._columns[section].title()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item, column = self.item(index), self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(column.text(item))
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(visible(column.text(item)))
            case Qt.ItemDataRole.DecorationRole:
                return column.icon(item) if column.icon else None
            case Qt.ItemDataRole.FontRole:
                return column.font() if column.font else None
        return self._columns[0].text(item) if role == COPY_ROLE else None
