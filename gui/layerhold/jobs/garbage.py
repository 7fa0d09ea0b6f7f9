"""Python collects garbage on whichever thread allocates; here it does so on the GUI thread only."""

import gc
from time import monotonic

from PySide6.QtCore import QAbstractEventDispatcher, QObject

THRESHOLDS = (700, 10, 10)
"""As Python's own were until 3.13: allocations, and collections of the next younger generation."""
FULL_SECONDS = 600.0
"""Between looks at everything, which with 10,000 images take longer than a window may pause."""


class Collector(QObject):
    """Collects garbage when its thread is about to wait for events; never while it is idle."""

    def __init__(self, dispatcher: QAbstractEventDispatcher) -> None:
        super().__init__(dispatcher)
        self._full_after = monotonic() + FULL_SECONDS
        dispatcher.aboutToBlock.connect(self.collect)

    def collect(self) -> None:
        """Collect the oldest generation that has seen enough; most often there is nothing to do."""
        youngest, young, old = gc.get_count()
        if youngest <= THRESHOLDS[0]:
            return
        if old > THRESHOLDS[2] and monotonic() >= self._full_after:
            gc.collect()
            self._full_after = monotonic() + FULL_SECONDS
        else:
            gc.collect(1 if young > THRESHOLDS[1] else 0)


def collect_here() -> None:
    """From now on garbage is collected on this thread, and on no other.

    Widgets and the slots connected to them are garbage with cycles. A job's thread that came to
    collect one would destroy a Qt object of another thread, and the program with it.
    """
    gc.disable()
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher.findChild(Collector) is None:
        Collector(dispatcher)
