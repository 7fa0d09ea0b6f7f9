"""Stay connected to an engine, and say when it is time to look at it again."""

from functools import partial
from time import monotonic, time_ns

from PySide6.QtCore import QObject, QTimer, Signal

from layerhold.domain.errors import Failure
from layerhold.engine.about import Endpoint
from layerhold.engine.addresses import socket_path
from layerhold.engine.api import Engine
from layerhold.engine.connect import reach
from layerhold.jobs.chore import Chore
from layerhold.jobs.doorbell import Doorbell
from layerhold.jobs.knocking import Reach, Tried, Where, knock
from layerhold.jobs.listening import Heard, listen
from layerhold.jobs.runner import JobRunner, Work

GATHER_MS = 300
FIRST_PAUSE_MS = 250
LONGEST_PAUSE_MS = 5000
STEADY_SECONDS = 5.0
"""A connection that held this long was a good one, and the next pause is a short one again."""


class Watch(QObject):
    """Connects, listens, and connects again. While connected it waits and never polls."""

    connected = Signal(object)
    """An `Engine`: the first, another, or the same one back again."""
    lost = Signal(object)
    """A `Failure`: no engine, or no more; it goes on trying."""
    tried = Signal(object)
    """A tuple of (`Endpoint`, `Failure`): every place tried in vain; comes before `lost`."""
    invalidated = Signal()
    """Something changed; once for whatever happened within 300 ms."""

    def __init__(
        self, runner: JobRunner, reach: Reach = reach, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.engine: Engine | None = None
        self._reach = reach
        self._where: Where = tuple
        self._places: tuple[Endpoint, ...] = ()
        self._heard = Heard()
        self._pause_ms = FIRST_PAUSE_MS
        self._connected_at = 0.0
        self._told = ""
        self._knocking = Chore(runner, "Connect", self._prepare_knock, self)
        self._listening = Chore(runner, "Listen", self._prepare_listen, self)
        self._doorbell = Doorbell(self)
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._retry = QTimer(self, singleShot=True)
        self._connect_signals()

    def seek(self, where: Where) -> None:
        """Connect to the first engine that answers; `where` is asked anew before every try.

        `where` runs on the job's thread.
        """
        self.stop()
        self._where = where
        self._heard = Heard(time_ns())
        self._knocking.want()

    def switch(self, endpoint: Endpoint) -> None:
        """Connect to this engine and no other."""
        self.seek(lambda: (endpoint,))

    def look_again(self) -> None:
        """Try now what would be tried later; while connected, have everything listed again."""
        if self.engine:
            self.invalidated.emit()
        else:
            self._pause_ms = FIRST_PAUSE_MS
            self._knock()

    def distrust(self, failure: Failure) -> None:
        """Somebody else found that the engine does not answer: connect anew."""
        if self.engine:
            self._lose(failure)

    def stop(self) -> None:
        """Let go of the engine. Jobs that still work with it keep it until they are done."""
        for chore in (self._knocking, self._listening):
            chore.drop()
        self._gather.stop()
        self._retry.stop()
        self._doorbell.rest()
        self.engine = None
        self._told = ""
        self._pause_ms = FIRST_PAUSE_MS

    def _connect_signals(self) -> None:
        self._knocking.delivered.connect(self._show_tried)
        self._knocking.succeeded.connect(self._settle_in)
        self._knocking.failed.connect(self._wait)
        self._listening.delivered.connect(self._gather_news)
        self._listening.failed.connect(self._lose)
        self._gather.timeout.connect(self._announce)
        self._retry.timeout.connect(self._knock)
        self._doorbell.rung.connect(self.look_again)

    def _prepare_knock(self) -> Work:
        return partial(knock, self._where, self._reach)

    def _prepare_listen(self) -> Work:
        assert self.engine is not None
        return partial(listen, self.engine, self._heard)

    def _knock(self) -> None:
        self._retry.stop()
        self._doorbell.rest()
        self._knocking.want()

    def _settle_in(self, engine: Engine) -> None:
        self.engine = engine
        self._places = (engine.endpoint,)
        self._where = partial(tuple, self._places)
        self._connected_at = monotonic()
        self._told = ""
        self._listening.want()
        self.connected.emit(engine)

    def _lose(self, failure: Exception) -> None:
        """The connection broke: say so, and try again, sooner if it had been a good one."""
        self._listening.drop()
        self._gather.stop()
        self.engine = None
        if monotonic() - self._connected_at > STEADY_SECONDS:
            self._pause_ms = FIRST_PAUSE_MS
        self._wait(failure)

    def _wait(self, failure: Exception) -> None:
        """Try again after a pause, or as soon as a socket appears; tells each reason once."""
        sockets = (socket_path(endpoint.url) for endpoint in self._places)
        self._doorbell.watch(path for path in sockets if path)
        self._retry.start(self._pause_ms)
        self._pause_ms = min(2 * self._pause_ms, LONGEST_PAUSE_MS)
        if repr(failure) != self._told:
            self._told = repr(failure)
            self.lost.emit(failure)

    def _show_tried(self, tried: Tried) -> None:
        self._places = tuple(endpoint for endpoint, _why in tried.places)
        if self._told != repr(tried.reason):
            self.tried.emit(tried.places)

    def _gather_news(self, _news: object) -> None:
        if not self._gather.isActive():
            self._gather.start()

    def _announce(self) -> None:
        self._heard.collect()
        self.invalidated.emit()
