"""A row of the list `Archives`: what is in a folder stands further in."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from layerhold.models.shelf_rows import ROW, FolderRow
from layerhold.views.sidebar_item import SidebarItem

INDENT = 12


class ShelfItem(SidebarItem):
    """Painted as every row of the sidebar."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if not isinstance(index.data(ROW), FolderRow):
            option.rect = option.rect.adjusted(INDENT, 0, 0, 0)
        super().paint(painter, option, index)
