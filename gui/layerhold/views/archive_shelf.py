"""The shelf: the list `Archives`, and how to begin while no folder is on it."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from layerhold.dialogs.sentences import note
from layerhold.jobs.shelves import Shelf
from layerhold.views.archive_list import ArchiveList


class ArchiveShelf(QWidget):
    """Shows either the list or the next step."""

    def __init__(self, add: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = ArchiveList()
        self.empty = QWidget()
        self.begin = QPushButton(add.text())
        self.begin.setToolTip(add.toolTip())
        self.begin.clicked.connect(add.trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addWidget(self.empty)
        self._place_empty()
        self.show_shelves(())

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Show these folders, and keep the place."""
        before = self.list.row
        self.list.rows.show_shelves(shelves)
        if before and not self.list.row:
            self.list.setCurrentIndex(self.list.rows.index_of(before.folder))
        self.list.setVisible(bool(shelves))
        self.empty.setVisible(not shelves)
        self.list.updateGeometry()

    def _place_empty(self) -> None:
        text = self.tr("Images that you drag onto a folder here are saved in it.")
        column = QVBoxLayout(self.empty)
        column.setContentsMargins(18, 4, 12, 4)
        column.setSpacing(8)
        column.addWidget(note(text))
        column.addWidget(self.begin)
