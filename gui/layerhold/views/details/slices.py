"""Long work on the GUI thread, done in slices that nobody feels."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.006


class Slices(QObject):
    """Runs an iterator to its end, some milliseconds at a time."""

    advanced = Signal()
    finished = Signal()

    def __init__(self, take: Callable[[Any], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._work: Iterator[Any] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._advance)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def start(self, work: Iterator[Any]) -> None:
        """Begin, and forget what was under way; the first slice runs at once."""
        self._work = work
        self._timer.start()
        self._advance()

    def stop(self) -> None:
        """Forget what was under way."""
        self._timer.stop()
        self._work = iter(())

    def _advance(self) -> None:
        end = perf_counter() + SLICE_SECONDS
        for result in self._work:
            self._take(result)
            if perf_counter() > end:
                self.advanced.emit()
                return
        self._timer.stop()
        self.finished.emit()
