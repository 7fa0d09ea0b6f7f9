"""Find out which engines there are to switch to."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from layerhold.engine.connect import reach
from layerhold.jobs.asking import Answer, answering
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.knocking import Reach, Where
from layerhold.jobs.runner import JobRunner, Work


class Probe(QObject):
    """Asks every engine whether it answers, when somebody wants to know."""

    answered = Signal(object)
    """A tuple of (`Endpoint`, `About` or `Failure`), in the order in which they were named."""

    def __init__(
        self, runner: JobRunner, where: Where, reach: Reach = reach, parent: QObject | None = None
    ) -> None:
        """`where` runs on the job's thread."""
        super().__init__(parent)
        self._where = where
        self._reach = reach
        self._asking = Chore(runner, "Look for engines", self._prepare, self)
        self._asking.succeeded.connect(self.answered)

    def look(self) -> None:
        """Ask every engine that there is now."""
        self._asking.want()

    def _prepare(self) -> Work:
        return partial(_look, self._where, self._reach)


def _look(where: Where, reach: Reach, context: Context) -> tuple[Answer, ...]:
    endpoints = where()
    answers = dict(answering(endpoints, context.token, reach=reach))
    return tuple((endpoint, answers[endpoint]) for endpoint in endpoints)
