"""Keeps the list of logins true, whoever logs in or out."""

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from layerhold.actions.desk import Desk
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.runner import Work
from layerhold.registry.credentials import Listing


class LoginLister(QObject):
    """Looks again when the docker command has written its configuration."""

    listed = Signal(object)
    """The `Listing` as it is now."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logins = desk.logins
        self._chore = Chore(desk.runner, "List logins", self._prepare, self)
        self._chore.succeeded.connect(self.listed)
        # The folder, because most replace the file; and the file, because some write into it.
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._watcher.fileChanged.connect(self.look)

    def look(self) -> None:
        """Find out who is logged in where."""
        folder = self._logins.folder
        watched = {*self._watcher.directories(), *self._watcher.files()}
        for path in (folder, folder / "config.json"):
            if str(path) not in watched and path.exists():
                self._watcher.addPath(str(path))
        self._chore.want()

    def _prepare(self) -> Work:
        logins = self._logins

        def work(context: Context) -> Listing:
            return logins.logins(context.token)

        return work
