"""Ask how much disk an engine uses: rarely, for a large engine needs seconds to tell."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from layerhold.domain.usage import DiskUsage
from layerhold.engine.api import Engine
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.runner import JobRunner, Work

REST_MS = 2000


class UsageReader(QObject):
    """Asks at most every two seconds, one question at a time."""

    read = Signal(object)
    """A `DiskUsage`."""

    def __init__(
        self, runner: JobRunner, *, rest_ms: int = REST_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine: Engine | None = None
        self._asking = Chore(runner, "Read disk usage", self._prepare, self)
        self._rest = QTimer(self, singleShot=True, interval=rest_ms)
        self._asking.succeeded.connect(self.read)
        self._rest.timeout.connect(self._asking.want)

    def attend(self, engine: Engine | None) -> None:
        """Ask this engine from now on; nothing of another arrives any more."""
        self._asking.drop()
        self._rest.stop()
        self._engine = engine
        self.refresh()

    def refresh(self) -> None:
        """Ask in two seconds; what changes until then is asked for at the same time."""
        if self._engine and not self._rest.isActive():
            self._rest.start()

    def _prepare(self) -> Work:
        assert self._engine is not None
        return partial(_ask, self._engine)


def _ask(engine: Engine, context: Context) -> DiskUsage:
    return engine.disk_usage(context.token)
