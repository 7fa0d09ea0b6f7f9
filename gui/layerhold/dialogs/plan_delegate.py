"""A cell that shows, where there is a choice, that there is one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from layerhold import resources
from layerhold.models.plan_table import ROW_ROLE

Index = QModelIndex | QPersistentModelIndex

ARROW = 14
MARGIN = 6


class ChoiceCell(QStyledItemDelegate):
    """An arrow at the right of rows that offer ways on."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        full = QRect(option.rect)
        if not (row and row.remedies):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(panel, option, painter, option.widget)
        option.rect = full.adjusted(0, 0, -ARROW - 2 * MARGIN, 0)
        super().paint(painter, option, index)
        place = QRect(full.right() - ARROW - MARGIN, full.y(), ARROW, full.height())
        resources.icon("chevron-down").paint(painter, place, Qt.AlignmentFlag.AlignCenter)
