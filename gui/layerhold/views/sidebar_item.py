"""A row of the sidebar's lists: an icon, a word, and something quiet at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from layerhold import theme
from layerhold.models.sidebar_roles import ASIDE

GAP = 12
ICON = 16


class SidebarItem(QStyledItemDelegate):
    """The word gives way where both have no room."""

    most_aside = 0.35
    """What the text at the right may take of the room for words."""

    def __init__(self, rows: QAbstractItemView) -> None:
        super().__init__(rows)
        self._rows = rows

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # The option's state says the same, but to know its class takes 5 ms of the first picture.
        selected = self._rows.selectionModel().isSelected(index)
        enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.save()
        if selected or (enabled and option.rect.contains(self._mouse())):
            role = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Midlight
            self._fill(painter, option, role)
        if self._rows.hasFocus() and index == self._rows.currentIndex():
            self._frame(painter, option)
        self._write_row(painter, option, index, selected=selected, enabled=enabled)
        painter.restore()

    def _write_row(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        *,
        selected: bool,
        enabled: bool,
    ) -> None:
        role, group = QPalette.ColorRole, QPalette.ColorGroup
        place = option.rect.adjusted(6 + GAP, 0, -6 - GAP, 0)
        middle = QRect(place.x(), place.center().y() - ICON // 2 + 1, ICON, ICON)
        mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, middle, Qt.AlignmentFlag.AlignCenter, mode)
        tone = group.Active if enabled else group.Disabled
        loud, soft = (role.HighlightedText,) * 2 if selected else (role.Text, role.PlaceholderText)
        painter.setPen(option.palette.color(tone, loud))
        words, aside = place.adjusted(ICON + 8, 0, 0, 0), str(index.data(ASIDE) or "")
        quiet = option.palette.color(tone, soft)
        self._write(painter, words, index.data(), aside if enabled else "", quiet)

    def _fill(
        self, painter: QPainter, option: QStyleOptionViewItem, role: QPalette.ColorRole
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.brush(role))
        painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Show where the keyboard is."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(option.palette.color(QPalette.ColorRole.Accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(6.5, 1.5, -6.5, -1.5), 6, 6)

    def _mouse(self) -> QPoint:
        """Where it is among the rows, or a place where none is."""
        viewport = self._rows.viewport()
        return viewport.mapFromGlobal(QCursor.pos()) if viewport.underMouse() else QPoint(-1, -1)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(theme.ROW_HEIGHT + 4, option.fontMetrics.height() + GAP))

    def _write(self, painter: QPainter, room: QRect, text: str, aside: str, quiet: QColor) -> None:
        metrics, across = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        most = int(room.width() * self.most_aside)
        aside = metrics.elidedText(aside, Qt.TextElideMode.ElideRight, most)
        taken = metrics.horizontalAdvance(aside) + ICON // 2 if aside else 0
        words = room.adjusted(0, 0, -taken, 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, across | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(quiet)
        painter.drawText(room, across | Qt.AlignmentFlag.AlignRight, aside)
