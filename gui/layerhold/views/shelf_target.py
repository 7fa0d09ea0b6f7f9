"""A list of folders on which images can be dropped."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QListView, QWidget

from layerhold.colours import colours
from layerhold.models.image_mime import dragged_images
from layerhold.models.shelf_rows import FolderRow, ShelfRows
from layerhold.views.sidebar_list import fit_sidebar

RADIUS = 6
LINE = 2.0


class ShelfTarget(QListView):
    """A frame shows the folder that would take them: its own row and all that is below it."""

    images_dropped = Signal(object, object)
    """Targets, and the path of the folder that they are to be saved in."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fit_sidebar(self, name)
        self.rows = ShelfRows(self)
        self.setModel(self.rows)
        self.setAcceptDrops(True)
        self._taker: FolderRow | None = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._consider(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._frame(None)

    def dropEvent(self, event: QDropEvent) -> None:
        taker = self._consider(event)
        self._frame(None)
        if taker:
            self.images_dropped.emit(dragged_images(event.mimeData()), taker.folder)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._taker:
            self._paint_frame(self._taker)

    def _consider(self, event: QDropEvent) -> FolderRow | None:
        """Take what this program drags; the rest is for whatever lies below."""
        images = dragged_images(event.mimeData())
        taker = self._folder_at(event.position().toPoint()) if images else None
        self._frame(taker)
        if taker:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()
        return taker

    def _folder_at(self, place: QPoint) -> FolderRow | None:
        """A folder that cannot be read takes nothing."""
        row = self.rows.row(self.indexAt(place))
        found = self.rows.row(self.rows.index_of(row.folder)) if row else None
        return found if isinstance(found, FolderRow) and not found.shelf.problem else None

    def _frame(self, taker: FolderRow | None) -> None:
        if taker != self._taker:
            self._taker = taker
            self.viewport().update()

    def _paint_frame(self, taker: FolderRow) -> None:
        first, last = self.rows.reach(taker.folder)
        around = self.visualRect(first).united(self.visualRect(last))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().accent), LINE))
        painter.drawRoundedRect(QRectF(around).adjusted(7, 2, -7, -2), RADIUS, RADIUS)
        painter.end()
