"""Notice at once that an engine's socket is there again, or no more."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal


class Doorbell(QObject):
    """Watches sockets; costs nothing while it waits."""

    rung = Signal()
    """One of them appeared, or was made anew."""
    changed = Signal()
    """One of them appeared, was made anew, or went away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher: QFileSystemWatcher | None = None
        self._seen: dict[Path, tuple[int, int] | None] = {}

    def watch(self, sockets: Iterable[Path]) -> None:
        """Wait for these files, and no others."""
        self.rest()
        self._seen = {path: _fingerprint(path) for path in sockets}
        folders = {str(_nearest_folder(path)) for path in self._seen}
        if folders:
            self._watcher = QFileSystemWatcher(sorted(folders), self)
            self._watcher.directoryChanged.connect(self._look)

    def rest(self) -> None:
        """Wait for nothing."""
        watcher, self._watcher = self._watcher, None
        self._seen = {}
        if watcher:
            watcher.deleteLater()

    def _look(self) -> None:
        if self._watcher is None:
            return
        before = self._seen
        self.watch(before)
        different = [new for path, new in self._seen.items() if new != before[path]]
        if different:
            self.changed.emit()
        if any(different):
            self.rung.emit()


def _fingerprint(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_ctime_ns


def _nearest_folder(path: Path) -> Path:
    """The folder of the file; where that is missing too, the one in which it would appear."""
    return next((folder for folder in path.parents if folder.is_dir()), Path("/"))
