"""Files that are dragged over a window from elsewhere, and what may be dropped of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from layerhold.dialogs.drop_sign import DropSign
from layerhold.jobs.job import Job
from layerhold.jobs.recognising import Usable, usable_among
from layerhold.jobs.runner import JobRunner
from layerhold.models.file_mime import files_in

COPY = Qt.DropAction.CopyAction
MOVES = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrop(QObject):
    """Lays a sign over a window while files are over it that may be archives, or can be built.

    Files are told by what is in them, in the background; who is quicker drops them all.
    """

    dropped = Signal(object)
    """A list of paths."""
    build_dropped = Signal(object)
    """The path of what can be built."""

    def __init__(
        self,
        runner: JobRunner,
        window: QWidget,
        wants: Callable[[], bool],
        *,
        builds: bool = False,
    ) -> None:
        """`wants` says whether anything can be done with files now."""
        super().__init__(window)
        self._runner, self._wants, self._builds = runner, wants, builds
        self._job: Job | None = None
        self._over: tuple[Path, ...] = ()
        """What is dragged now."""
        self._fit: Usable | None = None
        """What of it can be dropped, as soon as it is known."""
        self._sign = DropSign(window)
        # From the window onto the sign, the window is left before the sign is entered.
        self._leave = QTimer(self, singleShot=True, interval=0)
        self._leave.timeout.connect(self._forget)
        for target in (window, self._sign):
            target.setAcceptDrops(True)
            target.installEventFilter(self)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Tell of files that somebody has named as of a drop, but of each, whatever it is."""
        job = self._start(paths)
        job.succeeded.connect(lambda found: self._tell(Usable(build=found.build), paths))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and kind in MOVES:
            return self._move(event)
        if kind == QEvent.Type.DragLeave:
            self._leave.start()
        elif isinstance(event, QDropEvent) and kind == QEvent.Type.Drop:
            return self._drop(event)
        return False

    def _move(self, event: QDragMoveEvent) -> bool:
        paths = files_in(event.mimeData())
        if not paths or not event.possibleActions() & COPY or not self._wants():
            return False
        self._leave.stop()
        if paths != self._over:
            self._look(paths)
        self._answer(event)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        paths = files_in(event.mimeData())
        fit = self._fit if paths == self._over else None
        self._forget()
        if not paths or fit == Usable():
            return False
        event.setDropAction(COPY)
        event.accept()
        if fit is None and self._builds:
            self._start(paths).succeeded.connect(lambda found: self._tell(found, paths))
        else:
            # Not from within the drop: whoever drags would wait until a dialog is closed.
            found = fit or Usable(paths)
            QTimer.singleShot(0, self, lambda: self._tell(found, paths))
        return True

    def _tell(self, found: Usable, paths: tuple[Path, ...]) -> None:
        """What is good for nothing is looked into all the same, and told why."""
        if found.build:
            self.build_dropped.emit(found.build)
        else:
            self.dropped.emit(list(found.archives or paths))

    def _answer(self, event: QDragMoveEvent) -> None:
        if self._fit == Usable():
            event.ignore()
        else:
            event.setDropAction(COPY)
            event.accept()

    def _look(self, paths: tuple[Path, ...]) -> None:
        self._forget()
        self._over = paths
        self._sign.show_files(len(paths), None)
        self._job = job = self._start(paths)
        job.succeeded.connect(lambda fit: self._take(job, fit))

    def _start(self, paths: tuple[Path, ...]) -> Job:
        work = partial(usable_among, paths, builds=self._builds)
        return self._runner.start("Look what is dragged", work, quiet=True)

    def _take(self, job: Job, fit: Usable) -> None:
        if job is not self._job:
            return
        self._job, self._fit = None, fit
        if fit.build:
            self._sign.show_build(fit.build)
        else:
            self._sign.show_files(len(self._over), len(fit.archives))

    def _forget(self) -> None:
        job, self._job = self._job, None
        self._over, self._fit = (), None
        self._leave.stop()
        self._sign.hide()
        if job:
            job.cancel()
