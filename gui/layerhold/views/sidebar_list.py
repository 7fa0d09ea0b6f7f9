"""A list in the sidebar, as high as its rows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QListView, QListWidget, QSizePolicy, QWidget

from layerhold.views.sidebar_item import ICON, SidebarItem
from layerhold.views.viewports import own_viewport


class SidebarList(QListWidget):
    """Lies on the window's own ground."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fit_sidebar(self, name)
        self.setItemDelegate(SidebarItem(self))

    def sizeHint(self) -> QSize:
        return size_of_rows(self, self.count())

    def minimumSizeHint(self) -> QSize:
        """All rows: the sidebar scrolls where it has no room for them."""
        return QSize(0, self.sizeHint().height())


def fit_sidebar(rows: QListView, name: str) -> None:
    """Give a list the manners of the sidebar."""
    own_viewport(rows)
    rows.setAccessibleName(name)
    rows.setIconSize(QSize(ICON, ICON))
    rows.setUniformItemSizes(True)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows.viewport().setAutoFillBackground(False)
    rows.setBackgroundRole(QPalette.ColorRole.Window)
    rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    rows.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)


def size_of_rows(rows: QListView, count: int) -> QSize:
    """What a list needs to show so many rows."""
    margins = rows.contentsMargins()
    height = rows.sizeHintForRow(0) * count if count else 0
    return QSize(10 * ICON, height + margins.top() + margins.bottom())
