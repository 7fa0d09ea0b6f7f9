"""How long the event loop does not come round."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer


class Heartbeat(QObject):
    """Beats every millisecond and remembers the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = perf_counter()
        self._longest = 0.0

    def start(self) -> None:
        self._last, self._longest = perf_counter(), 0.0
        self._timer.start()

    def stop(self) -> float:
        """The longest pause since `start`, in seconds."""
        self._beat()
        self._timer.stop()
        return self._longest

    def _beat(self) -> None:
        now = perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now
