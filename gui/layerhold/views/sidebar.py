"""The left side: lists, one below the other, each of its own size."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from layerhold.views.details.buttons import icon_button

if TYPE_CHECKING:
    from layerhold.views.archive_shelf import ArchiveShelf
    from layerhold.views.engine_list import EngineList
    from layerhold.views.login_list import LoginList


class Sidebar(QScrollArea):
    """Scrolls where a small window has no room for all."""

    shelf: "ArchiveShelf"
    engines: "EngineList"
    logins: "LoginList"

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sidebar"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(0)
        self._column.addWidget(first)
        self._column.addStretch()
        self.setWidget(inside)
        self.setFocusProxy(first)

    def furnish(self, add_folder: QAction, log_in: QAction) -> Iterator[None]:
        """Make the lists that the first picture can do without, one at a time."""
        from layerhold.views.archive_shelf import ArchiveShelf
        from layerhold.views.engine_list import EngineList
        from layerhold.views.login_list import LoginList

        self.shelf = ArchiveShelf(add_folder)
        self.add(self.tr("Archives"), self.shelf, add_folder)
        yield
        self.engines = EngineList()
        self.add(self.tr("Engines"), self.engines)
        yield
        self.logins = LoginList()
        self.add(self.tr("Logins"), self.logins, log_in)
        yield

    def add(self, title: str, content: QWidget, command: QAction | None = None) -> None:
        """Put a list below the others, with a heading and a button for its command, if any."""
        at = self._column.count() - 1
        self._column.insertSpacing(at, 16)
        self._column.insertWidget(at + 1, _Heading(title, command))
        self._column.insertWidget(at + 2, content)


class _Heading(QWidget):
    def __init__(self, title: str, command: QAction | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 10, 0)
        label = QLabel(title)
        font = QFont(label.font())
        font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        row.addWidget(label, stretch=1)
        if command:
            button = icon_button("plus", command.text().replace("&", ""), command.toolTip())
            button.clicked.connect(command.trigger)
            row.addWidget(button)
