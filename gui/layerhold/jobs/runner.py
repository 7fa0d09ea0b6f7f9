"""Start jobs on threads of their own, and deliver what they report."""

import logging
import sys
from collections.abc import Callable
from itertools import count
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, Failure
from layerhold.jobs.context import Context, Failed, Report, Stopped, Succeeded
from layerhold.jobs.garbage import collect_here
from layerhold.jobs.inbox import BACKLOG, Inbox
from layerhold.jobs.job import Job
from layerhold.jobs.lane import Lane

log = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0002
"""How long a busy thread may keep the window waiting; Python's own 5 ms add up to be felt."""

Work = Callable[[Context], Any]
Spawn = Callable[[Callable[[], None], str], None]


def on_a_thread(run: Callable[[], None], title: str) -> None:
    """Run on a daemon thread, which never holds up the program's end."""
    Thread(target=run, name=title, daemon=True).start()


class JobRunner(QObject):
    """The jobs that run now. Their threads never touch Qt: they post, and this delivers."""

    started = Signal(object)

    def __init__(
        self,
        *,
        spawn: Spawn = on_a_thread,
        backlog: int = BACKLOG,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        collect_here()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._spawn = spawn
        self._numbers = count()
        self._jobs: dict[int, Job] = {}
        self._inbox = Inbox(self._deliver, backlog=backlog, parent=self)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way, quiet ones included."""
        return tuple(self._jobs.values())

    def start(
        self, title: str, work: Work, *, quiet: bool = False, lane: Lane | None = None
    ) -> Job:
        """Run `work` in the background, in a lane when its turn has come.

        A quiet job is housekeeping that the user need not see.
        """
        number, token = next(self._numbers), Token()
        job = self._jobs[number] = Job(title, token, self)
        job.quiet = quiet
        # A thread may be the last to hold what it holds, and must not destroy a Qt object.
        post = self._inbox.mailbox.post
        context = Context(lambda report: post((number, report)), token)
        self.started.emit(job)
        self._begin(job, lane, lambda: perform(work, context, number, post))
        return job

    def _begin(self, job: Job, lane: Lane | None, run: Callable[[], None]) -> None:
        def begin() -> None:
            self._spawn(run, job.title)

        if lane:
            lane.enter(job, begin)
        else:
            begin()

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self.running:
            job.cancel()

    def drain(self) -> None:
        """Deliver what has been reported so far."""
        self._inbox.drain()

    def _deliver(self, message: tuple[int, Report]) -> None:
        number, report = message
        if job := self._jobs.get(number):
            job.receive(report)
            if not job.running:
                del self._jobs[number]
                if job.quiet:
                    job.deleteLater()


def perform(
    work: Work, context: Context, number: int, post: Callable[[tuple[int, Report]], None]
) -> None:
    """Do the work and post its end; the edge of a job's thread, where every error stops."""
    try:
        context.token.check()
        end: Report = Succeeded(work(context))
    except Cancelled:
        end = Stopped()
    except Failure as error:
        end = Stopped() if context.token.cancelled else Failed(error)
    except Exception as error:
        log.exception("A job failed unexpectedly")
        end = Failed(error)
    post((number, end))
