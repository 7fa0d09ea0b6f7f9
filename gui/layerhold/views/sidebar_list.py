"""A list in the sidebar, as high as its rows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QSizePolicy, QWidget

from layerhold.views.sidebar_item import ICON, SidebarItem
from layerhold.views.viewports import own_viewport


class SidebarList(QListWidget):
    """Lies on the window's own ground."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self.setAccessibleName(name)
        self.setItemDelegate(SidebarItem(self))
        self.setIconSize(QSize(ICON, ICON))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        rows = self.sizeHintForRow(0) * self.count() if self.count() else 0
        return QSize(10 * ICON, rows + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
