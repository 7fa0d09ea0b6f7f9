"""Keeps the shelf of archives true: which folders are on it, and what is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from layerhold.actions.desk import Desk
from layerhold.jobs.chore import Chore
from layerhold.jobs.runner import Work
from layerhold.jobs.shelves import Shelf, look

translate = QCoreApplication.translate

GATHER_MILLISECONDS = 250
"""Whoever writes many files makes one look."""
GROWTH_MILLISECONDS = 2000
"""Of a file that grows the watcher says nothing."""


class ShelfKeeper(QObject):
    """Looks again whenever something comes into a folder or leaves it."""

    looked = Signal(object)
    """Every `Shelf`, as it is now."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chore = Chore(desk.runner, "Look at the archives", self._prepare, self)
        self._watcher = QFileSystemWatcher(self)
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MILLISECONDS)
        self._watcher.directoryChanged.connect(lambda _: self._gather.start())
        self._gather.timeout.connect(self.look)
        self._growth = QTimer(self, singleShot=True, interval=GROWTH_MILLISECONDS)
        self._growth.timeout.connect(self.look)
        self._chore.succeeded.connect(self._show)

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(map(Path, self._desk.settings.archive_folders))

    def look(self) -> None:
        """Find out what is in the folders now."""
        self._chore.want()

    def ask(self) -> None:
        """Ask for a folder, and put it on the shelf."""
        title = translate("Shelves", "Folder of archives")
        start = self._desk.settings.save_folder or str(Path.home())
        if chosen := QFileDialog.getExistingDirectory(self._desk.window, title, start):
            self.add([Path(chosen)])

    def add(self, folders: Iterable[Path]) -> None:
        """Put folders on the shelf, each once."""
        self._keep(tuple(dict.fromkeys((*self.folders, *folders))))

    def remove(self, folder: Path) -> None:
        """Take a folder off the shelf; its files stay."""
        self._keep(tuple(each for each in self.folders if each != folder))

    def _keep(self, folders: tuple[Path, ...]) -> None:
        if folders != self.folders:
            kept = tuple(map(str, folders))
            self._desk.change_settings(replace(self._desk.settings, archive_folders=kept))
            self.look()

    def _prepare(self) -> Work:
        return partial(look, self.folders)

    def _show(self, shelves: Sequence[Shelf]) -> None:
        """Only what could be read is watched: a disk that hangs must not hold up the window."""
        there = {str(shelf.folder) for shelf in shelves if not shelf.problem}
        watched = set(self._watcher.directories())
        if gone := watched - there:
            self._watcher.removePaths(sorted(gone))
        if new := there - watched:
            self._watcher.addPaths(sorted(new))
        if any(archive.grows for shelf in shelves for archive in shelf.archives):
            self._growth.start()
        self.looked.emit(shelves)
