"""Jobs of one kind, of which so many run at a time, such as pulls."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from layerhold.jobs.job import Job, Outcome

Begin = Callable[[], None]


class Lane(QObject):
    """Lets jobs begin in the order they came in."""

    def __init__(self, limit: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._under_way = 0
        self._waiting: deque[tuple[Job, Begin]] = deque()

    def enter(self, job: Job, begin: Begin) -> None:
        """Begin now, or when it is the job's turn."""
        if self._under_way < self._limit:
            self._begin(job, begin)
            return
        job.wait()
        self._waiting.append((job, begin))
        job.changed.connect(self._let_cancelled_go)

    def widen(self, limit: int) -> None:
        """Let so many run at a time from now on; what runs already is not stopped."""
        self._limit = limit
        self._let_in()

    def _begin(self, job: Job, begin: Begin) -> None:
        self._under_way += 1
        job.settled.connect(self._leave)
        job.begin()
        begin()

    def _leave(self) -> None:
        self._under_way -= 1
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._under_way < self._limit:
            self._begin(*self._waiting.popleft())

    def _let_cancelled_go(self) -> None:
        """A cancelled job ends as soon as it begins, so it need not wait for that."""
        gone = [each for each in self._waiting if each[0].outcome is Outcome.CANCELLING]
        for each in gone:
            self._waiting.remove(each)
            self._begin(*each)
