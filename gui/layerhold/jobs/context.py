"""What a running job may do: report how far it is, and learn that it should stop."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from layerhold.domain.cancel import Token
from layerhold.jobs.job_log import LinesUnderWay

REPORT_SECONDS = 0.1
"""Reports closer together than this are skipped; each is the whole truth, so nothing is lost."""


@dataclass(frozen=True, slots=True)
class Progressed:
    """The newest snapshot of a job."""

    snapshot: Any


@dataclass(frozen=True, slots=True)
class Delivered:
    """A part of the result that must not be skipped."""

    part: Any


@dataclass(frozen=True, slots=True)
class Noted:
    """There are lines for the job's log; it stands for all that come until it is read."""

    lines: LinesUnderWay


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The job's result."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """What stopped the job."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Stopped:
    """The job ended because the user wished it."""


Report = Progressed | Delivered | Noted | Succeeded | Failed | Stopped


class Context:
    """Given to the work; belongs to the job's thread, but for the token."""

    def __init__(self, post: Callable[[Report], None], token: Token) -> None:
        self.token = token
        self._post = post
        self._reported = 0.0
        self._lines = LinesUnderWay()

    def report(self, snapshot: Any) -> None:
        """Show how far the job is; skipped when the last report was a moment ago."""
        self.token.check()
        if (now := monotonic()) - self._reported >= REPORT_SECONDS:
            self._reported = now
            self._post(Progressed(snapshot))

    def show(self, snapshot: Any) -> None:
        """Show how far the job is, or was when the user stopped it; never skipped."""
        self._reported = monotonic()
        self._post(Progressed(snapshot))

    def deliver(self, part: Any) -> None:
        """Hand over a part of the result now."""
        self.token.check()
        self._post(Delivered(part))

    def leave(self, part: Any) -> None:
        """Hand over what is done, although the user stopped the rest."""
        self._post(Delivered(part))

    def note(self, line: str) -> None:
        """Write a line into the job's log."""
        if self._lines.add(line):
            self._post(Noted(self._lines))
