"""Connections that are kept, and lent to one operation at a time."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, Protocol, TypeVar
from weakref import finalize

from layerhold.domain.errors import EngineGone
from layerhold.engine.docker.line import Line

KEPT = 8
"""Idle connections of each kind; as many as we have jobs asking at once."""


class Connected(Protocol):
    """What has a line of its own."""

    @property
    def line(self) -> Line: ...

    def close(self) -> None: ...


Some = TypeVar("Some", bound=Connected)


class Pool(Generic[Some]):
    """Connections of one kind to one engine."""

    def __init__(self, url: str, make: Callable[[float | None], Some]) -> None:
        """`make` takes how many seconds it may wait between two pieces of an answer."""
        self._url = url
        self._make = make
        self._lock = Lock()
        self._idle: list[Some] = []
        self._busy: set[Some] = set()
        self._closed = False
        # Nobody knows when the last job is done with an engine that was left.
        finalize(self, _close_all, self._idle)

    def lend(self, seconds: float | None) -> Some:
        """One that nobody uses; where time is not limited, a new one. Raises `EngineGone`."""
        with self._lock:
            if self._closed:
                raise EngineGone(self._url)
            kept = self._idle if seconds is not None else []
            lent = kept.pop() if kept else self._make(seconds)
            self._busy.add(lent)
            return lent

    def take_back(self, lent: Some, *, usable: bool) -> None:
        with self._lock:
            self._busy.discard(lent)
            usable = usable and not (self._closed or lent.line.was_cut)
            if usable and len(self._idle) < KEPT:
                self._idle.append(lent)
                return
        lent.close()

    def close(self) -> None:
        """Cut every connection; what waits on one ends with `EngineGone`."""
        with self._lock:
            self._closed = True
            for lent in self._busy:
                lent.line.cut()
            _close_all(self._idle)


def _close_all(idle: list[Some]) -> None:
    while idle:
        idle.pop().close()
