"""The wish to stop, carried from the user to whatever waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from layerhold.domain.errors import Cancelled


class Token:
    """One per operation. `cancel` may be called from any thread, often, and returns at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = False
        self._breakers: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Stop the operation: break what it waits on now, and refuse what it would wait on next."""
        with self._lock:
            self._cancelled = True
            breakers = list(self._breakers)
        for break_off in breakers:
            break_off()

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""
        if self._cancelled:
            raise Cancelled

    @contextmanager
    def breaking(self, break_off: Callable[[], None]) -> Iterator[None]:
        """While inside, `cancel` calls `break_off`, which must not block or raise."""
        with self._lock:
            self._breakers.append(break_off)
        try:
            if self._cancelled:
                break_off()
            yield
        finally:
            with self._lock:
                self._breakers.remove(break_off)
