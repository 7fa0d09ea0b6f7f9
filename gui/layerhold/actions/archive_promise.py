"""One archive that another program is promised when images are dragged there."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, QUrl, Signal

from layerhold.actions.desk import Desk
from layerhold.actions.report import details_of
from layerhold.actions.saving_images import keep_file, title_of
from layerhold.actions.showing import show_in_folder
from layerhold.actions.starting import start
from layerhold.dialogs.drop_progress import DropProgress
from layerhold.engine.api import Engine
from layerhold.jobs.drop_folder import DropFolder
from layerhold.jobs.job import Job
from layerhold.jobs.saving import Saved
from layerhold.jobs.saving_for_drop import save_for_drop
from layerhold.planning.saving import FileWish, Item, SaveWish, file_name, saved_size
from layerhold.wording import saving as words

PATIENCE_MILLISECONDS = 300
"""What takes less needs no window."""


class ArchivePromise(QObject):
    """Its window goes on living while it waits, but the other program's may not."""

    made = Signal()
    """The archive is complete."""
    _released = Signal()

    def __init__(
        self,
        desk: Desk,
        engine: Engine,
        items: tuple[Item, ...],
        drops: DropFolder,
        parent: QObject | None = None,
        *,
        known: Path | None = None,
    ) -> None:
        """`known` is where an archive of these items has been made before."""
        super().__init__(parent)
        self._desk, self._engine, self._items, self._drops = desk, engine, items, drops
        self.path = known or drops.place() / file_name(items)
        self._job: Job | None = None
        self._window: DropProgress | None = None
        self._is_released = False

    @property
    def url(self) -> QUrl:
        return QUrl.fromLocalFile(str(self.path))

    def begin(self) -> None:
        """Make the archive, unless that has begun, or it is there from an earlier time."""
        if self._job or self._is_released or self.path.exists():
            return
        size = saved_size(self._desk.library.anatomies, self._items)
        wish = SaveWish((FileWish(self.path, self._items, size),))
        work = partial(save_for_drop, self._drops, self._engine, wish)
        self._job = job = start(self._desk, self._engine, title_of(wish), work)
        if job:
            job.delivered.connect(partial(keep_file, job))
            job.succeeded.connect(partial(_tell, self._desk, job))
            job.succeeded.connect(self.made)
            self._open_window(job)

    def fulfil(self) -> bool:
        """Wait until it is there or nobody waits for it any more; whether it is there."""
        self.begin()
        job = self._job
        if job is None:
            return self.path.exists()
        if job.running and not self._is_released:
            loop = QEventLoop()
            job.settled.connect(loop.quit)
            self._released.connect(loop.quit)
            loop.exec()
        return job.result is not None

    def release(self) -> None:
        """The other program has what it wanted, or waits no longer."""
        self._is_released = True
        self._released.emit()
        if self._job and self._job.running and self._window:
            self._window.tell_late()
        elif self._job is None:
            self.deleteLater()

    def _open_window(self, job: Job) -> None:
        window = DropProgress(self._desk.window, self.path, job, show_in_folder)
        self._window = window
        window.destroyed.connect(self._forget_window)
        QTimer.singleShot(PATIENCE_MILLISECONDS, window, window.show)

    def _forget_window(self) -> None:
        self._window = None


def _tell(desk: Desk, job: Job, result: Saved) -> None:
    desk.notices.inform(words.dropped(result), *details_of(desk, job))
