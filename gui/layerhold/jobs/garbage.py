"""Python collects garbage on whichever thread allocates; here it does so on the GUI thread only."""

import gc

from PySide6.QtCore import QAbstractEventDispatcher

THRESHOLDS = (700, 10, 10)
"""As Python's own were until 3.13: allocations, and collections of the next younger generation."""
MARK = "collectsGarbage"


def collect_here() -> None:
    """From now on garbage is collected on this thread, whenever it is about to wait for events.

    Widgets and the slots connected to them are garbage with cycles. A job's thread that came to
    collect one would destroy a Qt object of another thread, and the program with it.
    """
    gc.disable()
    dispatcher = QAbstractEventDispatcher.instance()
    if not dispatcher.property(MARK):
        dispatcher.setProperty(MARK, True)
        dispatcher.aboutToBlock.connect(collect_if_due)


def collect_if_due() -> None:
    """Collect the oldest generation that has seen enough; most often there is nothing to do."""
    counts = gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > THRESHOLDS[generation]:
            gc.collect(generation)
            return
