"""The sidebar list `Views`: which images the list is about, and how many there are."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from layerhold import resources, theme
from layerhold.colours import Role
from layerhold.models.image_views import Counts, View
from layerhold.views.viewports import own_viewport
from layerhold.wording.counting import images

ICONS = {
    View.ALL: "image",
    View.IN_USE: "running",
    View.UNUSED: "stopped",
    View.DANGLING: "dangling",
}
COUNT = Qt.ItemDataRole.UserRole
GAP = 12
ICON = 16


class ViewList(QListWidget):
    """One view is always chosen."""

    view_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self.setAccessibleName(self.tr("Views"))
        self.setItemDelegate(CountedItem(self))
        self.setIconSize(QSize(ICON, ICON))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        for view in View:
            self._add(view)
        self.show_counts(Counts())
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._announce)

    @property
    def view(self) -> View:
        return list(View)[self.currentRow()]

    def choose(self, view: View) -> None:
        """Go to a view."""
        self.setCurrentRow(list(View).index(view))

    def show_counts(self, counts: Counts) -> None:
        """Show how many images each view holds."""
        for row, view in enumerate(View):
            item, count = self.item(row), counts.of(view)
            item.setData(COUNT, count)
            spoken = f"{item.text()}, {images(count)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def sizeHint(self) -> QSize:
        return QSize(10 * ICON, 4 * theme.ROW_HEIGHT)

    def _add(self, view: View) -> None:
        text, hint = {
            View.ALL: (self.tr("All"), self.tr("Every image of the engine")),
            View.IN_USE: (self.tr("In use"), self.tr("Images that a container needs")),
            View.UNUSED: (self.tr("Unused"), self.tr("Images that no container needs")),
            View.DANGLING: (self.tr("Dangling"), self.tr("Images that have no tag any more")),
        }[view]
        item = QListWidgetItem(resources.icon(ICONS[view], Role.QUIET), text)
        item.setToolTip(hint)
        self.addItem(item)

    def _announce(self, row: int) -> None:
        if row >= 0:
            self.view_chosen.emit(list(View)[row])


class CountedItem(QStyledItemDelegate):
    """An icon, a word, and a number at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        role = QPalette.ColorRole
        painter.save()
        if selected or hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.brush(role.Highlight if selected else role.Midlight))
            painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)
        place = option.rect.adjusted(6 + GAP, 0, -6 - GAP, 0)
        middle = QRect(place.x(), place.center().y() - ICON // 2 + 1, ICON, ICON)
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, middle)
        painter.setPen(option.palette.color(role.HighlightedText if selected else role.Text))
        across = Qt.AlignmentFlag.AlignVCenter
        words = place.adjusted(ICON + 8, 0, 0, 0)
        painter.drawText(words, across | Qt.AlignmentFlag.AlignLeft, index.data())
        if not selected:
            painter.setPen(option.palette.color(role.PlaceholderText))
        painter.drawText(place, across | Qt.AlignmentFlag.AlignRight, f"{index.data(COUNT):,}")
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(theme.ROW_HEIGHT + 4, option.fontMetrics.height() + GAP))
