"""Notice that an engine does not answer, by what it is asked anyway."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from layerhold.domain.errors import EngineGone, EngineUnreachable, Failure, OutcomeUnknown
from layerhold.engine.about import About, Endpoint
from layerhold.engine.connect import reach
from layerhold.jobs.asking import answering
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.knocking import Reach
from layerhold.jobs.runner import JobRunner, Work

PATIENCE_MS = 3000
"""How long a question may take before we ask whether anybody is there at all."""


class Silence(QObject):
    """Asks an engine for a sign of life when a question stays open, and otherwise nothing."""

    fallen = Signal(object)
    """The `Failure` instead of a sign of life."""
    broken = Signal()
    """A question was answered after all."""

    def __init__(
        self,
        runner: JobRunner,
        reach: Reach = reach,
        *,
        patience_ms: int = PATIENCE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reach = reach
        self._endpoint: Endpoint | None = None
        self._questions: list[Chore] = []
        self._is_silent = False
        self._asking = Chore(runner, "Ask for a sign of life", self._prepare, self)
        self._asking.succeeded.connect(self._judge)
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._ask)

    def attend(self, endpoint: Endpoint | None) -> None:
        """Mind the silence of this engine from now on."""
        self._patience.stop()
        self._asking.drop()
        self._endpoint, self._is_silent = endpoint, False

    def mind(self, question: Chore) -> None:
        """Expect answers to this."""
        self._questions.append(question)
        question.begun.connect(self._wait)
        question.succeeded.connect(self._hear)
        question.failed.connect(self._hear_failure)

    def _wait(self) -> None:
        """From the first open question on: whoever asks another meanwhile waits no longer."""
        if self._endpoint and not self._patience.isActive():
            self._patience.start()

    def _ask(self) -> None:
        if self._endpoint and not self._is_silent and any(it.running for it in self._questions):
            self._asking.want()

    def _judge(self, answer: About | Failure) -> None:
        if isinstance(answer, Failure):
            self._is_silent = True
            self.fallen.emit(answer)

    def _hear(self) -> None:
        self._asking.drop()
        self._patience.start()
        if self._is_silent:
            self._is_silent = False
            self.broken.emit()

    def _hear_failure(self, error: Exception) -> None:
        """An engine that refuses something is there."""
        if not isinstance(error, EngineGone | EngineUnreachable | OutcomeUnknown):
            self._hear()

    def _prepare(self) -> Work:
        assert self._endpoint is not None
        return partial(_sign_of_life, self._endpoint, self._reach)


def _sign_of_life(endpoint: Endpoint, reach: Reach, context: Context) -> About | Failure:
    ((_endpoint, answer),) = answering([endpoint], context.token, reach=reach)
    return answer
