"""How long the event loop does not come round."""

from dataclasses import dataclass
from time import perf_counter, thread_time

from PySide6.QtCore import QObject, Qt, QTimer


@dataclass(frozen=True)
class Pause:
    """The longest of some time, in seconds."""

    waited: float = 0.0
    computed: float = 0.0
    """On the processor by this thread, whatever else the machine was busy with."""

    def __or__(self, other: "Pause") -> "Pause":
        return Pause(max(self.waited, other.waited), max(self.computed, other.computed))


class Heartbeat(QObject):
    """Beats every millisecond and remembers the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = perf_counter(), thread_time()
        self._longest = Pause()

    def start(self) -> None:
        self._last, self._longest = (perf_counter(), thread_time()), Pause()
        self._timer.start()

    def stop(self) -> Pause:
        """The longest pause since `start`."""
        self._beat()
        self._timer.stop()
        return self._longest

    def _beat(self) -> None:
        now, before = (perf_counter(), thread_time()), self._last
        self._longest |= Pause(now[0] - before[0], now[1] - before[1])
        self._last = now
