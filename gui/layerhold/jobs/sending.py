"""Bytes on their way to an engine: in blocks worth sending, and counted."""

from collections.abc import Iterable, Iterator
from time import monotonic

from layerhold.domain.pace import Pace
from layerhold.domain.progress import Phase, Progress
from layerhold.jobs.context import Context

BLOCK = 256 << 10
"""Bytes; every block costs an engine a turn, however small it is."""


class Sending:
    """How far all of it is; `total` in bytes, as far as it is known."""

    def __init__(self, context: Context, total: int) -> None:
        self._context, self._total = context, total
        self._done = 0
        self._subject = ""
        self._is_with_engine = False
        self._pace = Pace()

    def begin(self, subject: str, expected: int, exact: int) -> None:
        """The next archive, of which other bytes were expected than there are."""
        self._subject = subject
        self._is_with_engine = False
        self._total += exact - expected

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks in larger blocks, told as they are taken."""
        for block in gathered(chunks):
            self._tell()
            yield block
            self._done += len(block)
        self._tell()

    def tell_engine(self, progress: Progress) -> None:
        """What the engine says meanwhile; that it has everything is never skipped."""
        self._context.token.check()
        tell = self._context.report if self._is_with_engine else self._context.show
        self._is_with_engine = True
        tell(Progress(subject=self._subject, phase=progress.phase, layers=progress.layers))

    def _tell(self) -> None:
        done, total = self._done, max(self._total, self._done)
        rate = self._pace.per_second(monotonic(), done)
        left = (total - done) / rate if rate else None
        phase = Phase.UPLOADING
        self._context.report(Progress(done, total, "bytes", self._subject, phase, rate, left))


def gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, small chunks put together."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= BLOCK:
            yield b"".join(waiting) if len(waiting) > 1 else chunk
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
