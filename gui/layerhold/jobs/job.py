"""One thing that runs in the background, as the GUI thread sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

from layerhold.domain.cancel import Token
from layerhold.jobs.context import (
    Delivered,
    Failed,
    Noted,
    Progressed,
    Report,
    Stopped,
    Succeeded,
)
from layerhold.jobs.job_log import JobLog


class Outcome(Enum):
    """What has become of a job so far."""

    WAITING = "waiting"
    """For its turn, because only so many of its kind run at a time."""
    RUNNING = "running"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class WayOn:
    """What the user may want to do next with a job that has ended."""

    text: str
    """A verb, as it stands on a button."""
    act: Callable[[], None]


class Job(QObject):
    """Signals come on the GUI thread; `settled` is the last, whatever the outcome."""

    progressed = Signal(object)
    delivered = Signal(object)
    noted = Signal()
    """The log has grown; that alone changes nothing else about the job."""
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    settled = Signal()
    changed = Signal()

    def __init__(self, title: str, token: Token, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.quiet = False
        self.outcome = Outcome.RUNNING
        self.progress: Any = None
        self.result: Any = None
        self.error: Exception | None = None
        self.log = JobLog()
        self.started_at = datetime.now(UTC)
        self.retry: Callable[[], None] | None = None
        """Starts the same again; `None` where that makes no sense."""
        self.way_on: WayOn | None = None
        """Offered in place of `retry`, such as logging in where that was missing."""
        self.aftermath = ""
        """What the engine may do, or have done, although this was cancelled; a text."""
        self.files: tuple[Path, ...] = ()
        """What it made on this machine, complete."""
        self._token = token
        self._started = self._heard = monotonic()
        self._ended: float | None = None

    @property
    def running(self) -> bool:
        """Whether it has not ended, even if it waits for its turn."""
        return self._ended is None

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        if self.outcome is Outcome.WAITING:
            return 0.0
        return (self._ended if self._ended is not None else monotonic()) - self._started

    @property
    def silence(self) -> float:
        """Seconds since it last told anything new of how far it is."""
        return monotonic() - self._heard

    def wait(self) -> None:
        """Stand in a line until `begin`."""
        self.outcome = Outcome.WAITING
        self.changed.emit()

    def begin(self) -> None:
        """Its turn has come; time counts from here."""
        self._started = self._heard = monotonic()
        if self.outcome is Outcome.WAITING:
            self.outcome = Outcome.RUNNING
            self.changed.emit()

    def cancel(self) -> None:
        """Ask it to stop; `cancelled` follows within a second, unless it ends otherwise first."""
        if self.outcome in {Outcome.RUNNING, Outcome.WAITING}:
            if self.outcome is Outcome.WAITING:
                # Nothing follows from what was never begun.
                self.aftermath = ""
            self.outcome = Outcome.CANCELLING
            self._token.cancel()
            self.changed.emit()

    def receive(self, report: Report) -> None:
        """Take what the thread reported."""
        match report:
            case Progressed(snapshot):
                if snapshot != self.progress:
                    self._heard = monotonic()
                self.progress = snapshot
                self.progressed.emit(snapshot)
            case Delivered(part):
                self.delivered.emit(part)
            case Noted(lines):
                self.log.extend(*lines.take())
                self.noted.emit()
                return
            case Succeeded(result):
                self.result = result
                self._end(Outcome.SUCCEEDED, lambda: self.succeeded.emit(result))
            case Failed(error):
                self.error = error
                self._end(Outcome.FAILED, lambda: self.failed.emit(error))
            case Stopped():
                self._end(Outcome.CANCELLED, self.cancelled.emit)
        self.changed.emit()

    def _end(self, outcome: Outcome, tell: Callable[[], None]) -> None:
        self._ended = monotonic()
        self.outcome = outcome
        tell()
        self.settled.emit()
