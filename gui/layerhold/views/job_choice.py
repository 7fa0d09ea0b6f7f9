"""Which job the details are about: the newest, until the user has chosen another."""

from PySide6.QtCore import QObject, Signal

from layerhold.jobs.job import Job
from layerhold.models.activity_table import JOB, ActivityTable
from layerhold.views.job_table import JobTable


class JobChoice(QObject):
    """Never takes away what somebody reads."""

    unseen_changed = Signal(int)
    """How many jobs came while the user looked at another one."""

    def __init__(self, table: JobTable, jobs: ActivityTable) -> None:
        super().__init__(table)
        self._table, self._jobs = table, jobs
        self._chosen: Job | None = None
        """By the user."""
        self._unseen = 0
        jobs.rowsInserted.connect(self._meet)
        table.selectionModel().currentChanged.connect(self._note)

    def clear_finished(self) -> None:
        """Forget the jobs that have ended; what takes their place nobody has chosen."""
        chosen = self._chosen
        self._jobs.clear_finished()
        self._chosen = chosen if chosen in self._jobs.jobs else None
        self.see()

    def see(self) -> None:
        """The user has seen what is new."""
        self._count(0)

    def _meet(self) -> None:
        if self._chosen:
            self._count(self._unseen + 1)
            return
        self._table.setCurrentIndex(self._jobs.index(0, JOB))
        self._chosen = None

    def _note(self) -> None:
        self._chosen = self._table.job
        if self._table.currentIndex().row() == 0:
            self.see()

    def _count(self, unseen: int) -> None:
        if unseen != self._unseen:
            self._unseen = unseen
            self.unseen_changed.emit(unseen)
