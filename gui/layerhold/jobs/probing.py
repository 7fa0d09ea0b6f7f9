"""Find out which engines there are to switch to."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from layerhold.engine.connect import Found, reach
from layerhold.jobs.asking import Answer, answering
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.knocking import Reach
from layerhold.jobs.runner import JobRunner, Work

Look = Callable[[], Found]


class Probe(QObject):
    """Asks every engine whether it answers, when somebody wants to know."""

    answered = Signal(object)
    """A tuple of (`Endpoint`, `About` or `Failure`), in the order in which they were named.

    What cannot even be tried comes after them, and the embedded store last.
    """

    def __init__(
        self, runner: JobRunner, look: Look, reach: Reach = reach, parent: QObject | None = None
    ) -> None:
        """`look` runs on the job's thread."""
        super().__init__(parent)
        self._look = look
        self._reach = reach
        self._asking = Chore(runner, "Look for engines", self._prepare, self)
        self._asking.succeeded.connect(self.answered)

    def look(self) -> None:
        """Ask every engine that there is now."""
        self._asking.want()

    def stop(self) -> None:
        """Ask no more; what is asked now is not told."""
        self._asking.drop()

    def _prepare(self) -> Work:
        return partial(_look, self._look, self._reach)


def _look(look: Look, reach: Reach, context: Context) -> tuple[Answer, ...]:
    found = look()
    answers = dict(answering(found.endpoints, context.token, reach=reach))
    told = [(endpoint, answers[endpoint]) for endpoint in found.endpoints]
    store = [told.pop()] if told and told[-1][0] == found.store else []
    return (*told, *found.unusable, *store)
