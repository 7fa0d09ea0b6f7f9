"""Ask several engines at once whether they answer."""

from collections.abc import Iterable, Iterator
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from PySide6.QtCore import QObject, Signal

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineUnreachable, Failure, Unreachability
from layerhold.engine.api import About, Endpoint
from layerhold.engine.connect import reach
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.knocking import Reach, Where
from layerhold.jobs.runner import JobRunner, Work

PATIENCE_SECONDS = 2.0

Answer = tuple[Endpoint, About | Failure]


def answering(
    endpoints: Iterable[Endpoint],
    token: Token,
    *,
    reach: Reach = reach,
    seconds: float = PATIENCE_SECONDS,
) -> Iterator[Answer]:
    """What each engine says about itself, or why it does not; quick ones first, then the silent."""
    waiting = list(endpoints)
    answers: SimpleQueue[Answer] = SimpleQueue()
    question = Token()
    for endpoint in waiting:
        ask = partial(_ask, endpoint, question, reach, answers)
        Thread(target=ask, name=f"Ask {endpoint.name}", daemon=True).start()
    with token.breaking(question.cancel):
        end = monotonic() + seconds
        while waiting and (answer := _next(answers, end)):
            token.check()
            waiting.remove(answer[0])
            yield answer
    question.cancel()
    token.check()
    for endpoint in waiting:
        yield endpoint, EngineUnreachable(endpoint.url, why=Unreachability.TIMEOUT)


class Probe(QObject):
    """Finds out which engines there are to switch to."""

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


def _next(answers: SimpleQueue[Answer], end: float) -> Answer | None:
    try:
        return answers.get(timeout=max(0.0, end - monotonic()))
    except Empty:
        return None


def _ask(endpoint: Endpoint, token: Token, reach: Reach, answers: SimpleQueue[Answer]) -> None:
    try:
        engine = reach(endpoint, token)
    except Failure as why:
        answers.put((endpoint, why))
        return
    engine.close()
    answers.put((endpoint, engine.about))
