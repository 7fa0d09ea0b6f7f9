"""Files that are dragged over a window from elsewhere, and what may be dropped of them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from layerhold.dialogs.drop_sign import DropSign
from layerhold.jobs.job import Job
from layerhold.jobs.recognising import archives_among
from layerhold.jobs.runner import JobRunner
from layerhold.models.file_mime import files_in

COPY = Qt.DropAction.CopyAction
MOVES = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrop(QObject):
    """Lays a sign over a window while files are over it that may be archives.

    Files are told by what is in them, in the background; who is quicker drops them all.
    """

    dropped = Signal(object)
    """A list of paths."""

    def __init__(self, runner: JobRunner, window: QWidget, wants: Callable[[], bool]) -> None:
        """`wants` says whether anything can be done with files now."""
        super().__init__(window)
        self._runner, self._wants = runner, wants
        self._job: Job | None = None
        self._over: tuple[Path, ...] = ()
        """What is dragged now."""
        self._fit: tuple[Path, ...] | None = None
        """Which of them can be dropped, as soon as it is known."""
        self._sign = DropSign(window)
        # From the window onto the sign, the window is left before the sign is entered.
        self._leave = QTimer(self, singleShot=True, interval=0)
        self._leave.timeout.connect(self._forget)
        for target in (window, self._sign):
            target.setAcceptDrops(True)
            target.installEventFilter(self)

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
        fit = self._fit if paths == self._over and self._fit is not None else paths
        self._forget()
        if not fit:
            return False
        event.setDropAction(COPY)
        event.accept()
        # Not from within the drop: whoever drags would wait until a dialog is closed.
        QTimer.singleShot(0, self, lambda: self.dropped.emit(list(fit)))
        return True

    def _answer(self, event: QDragMoveEvent) -> None:
        if self._fit == ():
            event.ignore()
        else:
            event.setDropAction(COPY)
            event.accept()

    def _look(self, paths: tuple[Path, ...]) -> None:
        self._forget()
        self._over = paths
        self._sign.show_files(len(paths), None)
        work = partial(archives_among, paths)
        self._job = job = self._runner.start("Look what is dragged", work, quiet=True)
        job.succeeded.connect(lambda fit: self._take(job, fit))

    def _take(self, job: Job, fit: Sequence[Path]) -> None:
        if job is self._job:
            self._job, self._fit = None, tuple(fit)
            self._sign.show_files(len(self._over), len(fit))

    def _forget(self) -> None:
        job, self._job = self._job, None
        self._over, self._fit = (), None
        self._leave.stop()
        self._sign.hide()
        if job:
            job.cancel()
