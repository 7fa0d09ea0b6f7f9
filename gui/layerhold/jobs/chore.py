"""Quiet work that is wanted again and again, such as listing the images."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from layerhold.jobs.job import Job
from layerhold.jobs.runner import JobRunner, Work


class Chore(QObject):
    """One run at a time; what is wanted meanwhile runs once more afterwards."""

    begun = Signal()
    delivered = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        title: str,
        prepare: Callable[[], Work],
        parent: QObject | None = None,
    ) -> None:
        """`prepare` is called on the GUI thread just before a run, and makes the work."""
        super().__init__(parent)
        self._runner = runner
        self._title = title
        self._prepare = prepare
        self._job: Job | None = None
        self._run = 0
        self._again = False

    @property
    def running(self) -> bool:
        return self._job is not None

    def want(self) -> None:
        """Run now, or once more as soon as the present run is over."""
        if self._job:
            self._again = True
        else:
            self._begin()

    def drop(self) -> None:
        """Cancel the present run; nothing of it arrives any more."""
        job, self._job = self._job, None
        self._run += 1
        self._again = False
        if job:
            job.cancel()

    def _begin(self) -> None:
        self._run += 1
        self._job = job = self._runner.start(self._title, self._prepare(), quiet=True)
        run = self._run
        job.delivered.connect(lambda part: self._pass_on(run, self.delivered, part))
        job.succeeded.connect(lambda result: self._pass_on(run, self.succeeded, result))
        job.failed.connect(lambda error: self._pass_on(run, self.failed, error))
        job.settled.connect(lambda: self._settle(run))
        self.begun.emit()

    def _pass_on(self, run: int, signal: SignalInstance, value: object) -> None:
        if run == self._run:
            signal.emit(value)

    def _settle(self, run: int) -> None:
        if run != self._run:
            return
        self._job = None
        if self._again:
            self._again = False
            self._begin()
