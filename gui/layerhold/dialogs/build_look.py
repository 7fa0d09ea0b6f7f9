"""What is known of the place that is to be built, kept true while the dialog is open."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from layerhold.domain.building import ContextSummary
from layerhold.domain.dockerfile import Dockerfile
from layerhold.domain.errors import Failure
from layerhold.jobs.build_place import NOTHING, PlaceSeen, look
from layerhold.jobs.chore import Chore
from layerhold.jobs.runner import JobRunner, Work

TYPING_MILLISECONDS = 250
SETTLING_MILLISECONDS = 400
"""Editors and compilers write several files in a row."""


class BuildLook(QObject):
    """Looks in the background, since folders may be large, and disks slow or gone."""

    begun = Signal()
    """Something is being looked at anew, and will be told."""
    place_seen = Signal(object)
    """A `PlaceSeen`: the Dockerfile is known."""
    summed = Signal()
    """What would be sent is known, or why it is not."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._named = ""
        self.seen: PlaceSeen | None = None
        self.summary: ContextSummary | None = None
        self.failure: Exception | None = None
        self._chore = Chore(runner, "Look at what is to be built", self._prepare, self)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MILLISECONDS)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MILLISECONDS)
        self._watcher = QFileSystemWatcher(self)
        self._connect()

    @property
    def dockerfile(self) -> Dockerfile:
        return self.seen.dockerfile if self.seen else NOTHING

    @property
    def problem(self) -> Failure | Exception | None:
        """Why nothing can be built there."""
        return self.failure or (self.seen.problem if self.seen else None)

    def look_at(self, path: Path | None, named: str = "", *, now: bool = False) -> None:
        """Look there from now on, as soon as nobody types any more; `named` is the Dockerfile."""
        self.path, self._named = path, named
        self.stop()
        self.seen, self.summary, self.failure = None, None, None
        self.begun.emit()
        if path is not None:
            self._typing.start(0 if now else TYPING_MILLISECONDS)

    def look_again(self) -> None:
        """Look at the same place again."""
        if self.path is not None:
            self.begun.emit()
            self._chore.want()

    def stop(self) -> None:
        """Look at nothing any more."""
        self._typing.stop()
        self._settling.stop()
        self._chore.drop()
        self._watch(())

    def _connect(self) -> None:
        self._typing.timeout.connect(self._chore.want)
        self._settling.timeout.connect(self.look_again)
        self._chore.delivered.connect(self._see)
        self._chore.succeeded.connect(self._sum)
        self._chore.failed.connect(self._fail)
        self._watcher.directoryChanged.connect(lambda _: self._settling.start())
        self._watcher.fileChanged.connect(lambda _: self._settling.start())

    def _prepare(self) -> Work:
        return partial(look, self.path or Path(), self._named)

    def _see(self, seen: PlaceSeen) -> None:
        self.seen, self.failure = seen, None
        self._watch([str(path) for path in seen.watched])
        self.place_seen.emit(seen)

    def _sum(self, summary: ContextSummary) -> None:
        self.summary, self.failure = summary, None
        self.summed.emit()

    def _fail(self, failure: Exception) -> None:
        self.summary, self.failure = None, failure
        self.summed.emit()

    def _watch(self, paths: Sequence[str]) -> None:
        """A file that was replaced is forgotten by the system, and has to be named again."""
        before = [*self._watcher.files(), *self._watcher.directories()]
        if gone := [path for path in before if path not in paths]:
            self._watcher.removePaths(gone)
        if new := [path for path in paths if path not in before]:
            self._watcher.addPaths(new)
