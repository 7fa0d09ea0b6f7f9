import gc
from threading import current_thread, main_thread
from weakref import finalize

from PySide6.QtCore import QObject


class Knot(QObject):
    """Garbage with a cycle, such as a widget whose slot is a lambda that knows the widget."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def allocate(_context):
    """Enough for Python to collect several times, if it may."""
    return len([[number] for number in range(200_000)])


def test_a_jobs_thread_never_destroys_a_qt_object(qtbot, runner):
    threads = []
    knot = Knot()
    finalize(knot, lambda: threads.append(current_thread()))
    del knot

    with qtbot.waitSignal(runner.start("Allocate", allocate).succeeded):
        pass
    assert current_thread() is main_thread()
    qtbot.waitUntil(lambda: bool(threads))

    assert threads == [main_thread()]
    assert not gc.isenabled()
