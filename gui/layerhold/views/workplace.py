"""The work area: sidebar, list, details and activity, with movable borders between them."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

SIDEBAR_WIDTH = 200
DETAILS_SHARE = 0.42
"""Of the height, until the user decides otherwise."""


class Workplace(QWidget):
    """Sidebar beside list over details over activity."""

    def __init__(self, sidebar: QWidget, images: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self._top = QVBoxLayout()
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._place = QWidget()
        self._was_restored = False
        for splitter, name in ((self._down, "down"), (self._across, "across")):
            splitter.setObjectName(name)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)

        # From the outside in: what is put somewhere is styled anew with all that is in it.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._across)
        self._across.addWidget(sidebar)
        self._across.addWidget(self._down)
        self._across.setStretchFactor(1, 1)
        upper = QWidget()
        self._down.addWidget(upper)
        upper.setLayout(self._top)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(0)
        self._top.addWidget(images, stretch=1)
        self._down.addWidget(self._place)
        self._down.setStretchFactor(0, 3)
        self._across.setSizes([SIDEBAR_WIDTH, 10 * SIDEBAR_WIDTH])

    def show_details(self, details: QWidget) -> None:
        """Put the details in the place that was kept for them."""
        self._down.replaceWidget(1, details)
        self._down.setStretchFactor(1, 2)
        self._place.deleteLater()
        details.show()
        self._share_height()

    def show_banner(self, banner: QWidget) -> None:
        """Put it over the list, before there is anything to do in it."""
        self._top.insertWidget(0, banner)

    def show_notices(self, notices: QWidget) -> None:
        """Put them below the list, which alone gives way: no row moves when a notice comes."""
        self._top.addWidget(notices)

    def _share_height(self) -> None:
        height = self._down.height()
        if not self._was_restored:
            part = int(DETAILS_SHARE * height)
            self._down.setSizes([height - part, part])

    def states(self) -> dict[str, QByteArray]:
        """Where the borders are."""
        return {"across": self._across.saveState(), "down": self._down.saveState()}

    def restore(self, across: QByteArray, down: QByteArray) -> None:
        """Put the borders where they were."""
        self._across.restoreState(across)
        self._was_restored = self._down.restoreState(down)
