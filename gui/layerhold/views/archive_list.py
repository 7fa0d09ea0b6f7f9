"""The sidebar list `Archives`: folders that the user chose, and the archives in them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from layerhold import resources
from layerhold.models.file_mime import file_mime
from layerhold.models.shelf_rows import ArchiveRow, FolderRow, Row
from layerhold.views.shelf_item import ShelfItem
from layerhold.views.shelf_target import ShelfTarget
from layerhold.views.sidebar_list import size_of_rows

LEAST_ROWS, MOST_ROWS = 5, 14
"""Between these the list takes what room there is; then it scrolls by itself, so that what is below
it stays near."""

Act = Callable[[Row], None]


class ArchiveList(ShelfTarget):
    """Archives can be dragged from it to other programs, as files."""

    loading_wanted = Signal(object)
    """Paths of archives."""
    saving_wanted = Signal(Path)
    """What is selected among the images is to be saved in that folder."""
    removal_wanted = Signal(Path)
    """A folder is to be taken off the shelf."""
    showing_wanted = Signal(Path)
    """A folder is to be opened where the desktop shows files."""
    copying_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Archives"), parent)
        self.setItemDelegate(ShelfItem(self))
        self.setDragEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.doubleClicked.connect(self._open_at)
        for changed in (self.rows.rowsInserted, self.rows.rowsRemoved):
            changed.connect(self.updateGeometry)
        key = QKeySequence.StandardKey
        self._by_key: dict[QKeySequence, Act] = {
            QKeySequence("Return"): self._open,
            QKeySequence("Enter"): self._open,
            QKeySequence("Left"): self._close_folder,
            QKeySequence("Right"): self._open_folder,
            QKeySequence(key.Delete): lambda row: self.removal_wanted.emit(row.folder),
            QKeySequence(key.Copy): lambda row: self.copying_wanted.emit(row.path),
            QKeySequence(key.Save): lambda row: self.saving_wanted.emit(row.folder),
            QKeySequence("Ctrl+Return"): lambda row: self.showing_wanted.emit(row.folder),
        }

    @property
    def row(self) -> Row | None:
        """The current one."""
        return self.rows.row(self.currentIndex())

    def menu(self, row: Row) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        if isinstance(row, ArchiveRow):
            _offer(menu, "load", self.tr("&Load…"), "Return", lambda: self._open(row))
            menu.addSeparator()
        save, show = self.saving_wanted, self.showing_wanted
        opened = self.tr("Show in &folder") if isinstance(row, ArchiveRow) else self.tr("&Open")
        _offer(menu, "save", self.tr("Sa&ve here…"), "Ctrl+S", lambda: save.emit(row.folder))
        _offer(menu, "folder-open", opened, "Ctrl+Return", lambda: show.emit(row.folder))
        copy = self.tr("&Copy path")
        _offer(menu, "copy", copy, "Ctrl+C", lambda: self.copying_wanted.emit(row.path))
        menu.addSeparator()
        off = self.tr("&Take the folder off the shelf")
        _offer(menu, "close", off, "Del", lambda: self.removal_wanted.emit(row.folder))
        return menu

    def startDrag(self, _actions: Qt.DropAction) -> None:
        if isinstance(row := self.row, ArchiveRow):
            drag = QDrag(self)
            drag.setMimeData(file_mime([row.path]))
            drag.setPixmap(resources.icon("archive").pixmap(32, 32))
            drag.exec(Qt.DropAction.CopyAction)

    def sizeHint(self) -> QSize:
        return size_of_rows(self, min(MOST_ROWS, self.rows.rowCount()))

    def minimumSizeHint(self) -> QSize:
        rows = size_of_rows(self, min(LEAST_ROWS, self.rows.rowCount()))
        return QSize(0, rows.height())

    def event(self, event: QEvent) -> bool:
        # The window has its own Ctrl+C and Ctrl+S, which would win over this list's.
        if event.type() == QEvent.Type.ShortcutOverride and self._act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act, row = self._act_of(event), self.row
        if act and row:
            act(row)
        else:
            super().keyPressEvent(event)

    def _act_of(self, event: QEvent) -> Act | None:
        if not isinstance(event, QKeyEvent):
            return None
        return self._by_key.get(QKeySequence(event.keyCombination()))

    def _open_at(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if row := self.rows.row(index):
            self._open(row)

    def _open(self, row: Row) -> None:
        if isinstance(row, ArchiveRow):
            self.loading_wanted.emit([row.path])
        elif isinstance(row, FolderRow):
            self.rows.toggle(row.folder)

    def _open_folder(self, row: Row) -> None:
        if isinstance(row, FolderRow) and not row.is_open:
            self.rows.toggle(row.folder)

    def _close_folder(self, row: Row) -> None:
        """Go to the folder first, as in trees."""
        if isinstance(row, FolderRow) and row.is_open:
            self.rows.toggle(row.folder)
        else:
            self.setCurrentIndex(self.rows.index_of(row.folder))

    def _open_menu(self, position: QPoint) -> None:
        if row := self.rows.row(self.indexAt(position)) or self.row:
            self.menu(row).popup(self.viewport().mapToGlobal(position))


def _offer(menu: QMenu, icon: str, text: str, key: str, act: Callable[[], None]) -> None:
    action = menu.addAction(resources.icon(icon), text)
    action.setShortcut(QKeySequence(key))
    action.triggered.connect(act)
