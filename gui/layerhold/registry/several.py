"""Several blobs at a time: the one place below the jobs that has threads.

One connection alone seldom fills a line, and one thread alone never uses more than one core.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread

from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.errors import Failure
from layerhold.domain.progress import Report
from layerhold.registry.session import Session
from layerhold.registry.streams import Told
from layerhold.registry.tally import Tally

AT_ONCE = 3
REPORT_SECONDS = 0.1

Work = Callable[[Session, Descriptor, Told], object]
"""Moves one blob over the session that it is given; raises only `Failure`."""


def each(
    session: Session, blobs: Sequence[Descriptor], work: Work, tally: Tally, report: Report
) -> None:
    """Do the work for every blob; the first failure ends all of it, and is raised.

    Reports come from this very thread. When it returns or raises, nothing is under way any more.
    """
    ours, token = Token(), session.token or Token()
    with token.breaking(ours.cancel), session.branch(ours) as branch:
        crew = _Crew(blobs, lambda blob: work(branch, blob, tally.of(blob)), ours)
        try:
            crew.start()
            while not crew.is_done():
                report(tally.progress())
        finally:
            crew.end()
    token.check()
    crew.judge()
    report(tally.progress())


class _Crew:
    """Daemon threads that take one blob after the other."""

    def __init__(
        self, blobs: Sequence[Descriptor], work: Callable[[Descriptor], object], ours: Token
    ) -> None:
        self._waiting = deque({blob.digest: blob for blob in blobs}.values())
        self._wanted = len(self._waiting)
        self._work, self._ours = work, ours
        self._done: list[Descriptor] = []
        self._failures: list[Failure] = []
        self._gone: SimpleQueue[None] = SimpleQueue()
        self._threads = [
            Thread(target=self._labour, name="blobs", daemon=True)
            for _ in range(min(AT_ONCE, self._wanted))
        ]
        self._at_work = len(self._threads)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def is_done(self) -> bool:
        """Whether all are through; waits a moment for it."""
        with suppress(Empty):
            while self._at_work:
                self._gone.get(timeout=REPORT_SECONDS)
                self._at_work -= 1
        return not self._at_work

    def end(self) -> None:
        """Let nobody go on; those who wait are woken."""
        self._ours.cancel()
        for thread in self._threads:
            if thread.ident:
                thread.join()

    def judge(self) -> None:
        """Raise what went wrong first."""
        if self._failures:
            raise self._failures[0]
        if len(self._done) < self._wanted:
            raise RuntimeError("a blob broke off for a reason that the log has")

    def _labour(self) -> None:
        is_through = False
        try:
            for blob in iter(self._next, None):
                self._work(blob)
                self._done.append(blob)
            is_through = True
        except Failure as failure:
            self._failures.append(failure)
        finally:
            if not is_through:
                self._ours.cancel()
            self._gone.put(None)

    def _next(self) -> Descriptor | None:
        try:
            return self._waiting.popleft()
        except IndexError:
            return None
