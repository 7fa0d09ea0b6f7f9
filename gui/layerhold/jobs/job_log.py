"""What a job writes: bounded while it is on its way, and bounded where it is kept."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock

LOG_LINES = 2000


class JobLog:
    """The last lines of a job, on the GUI thread."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=LOG_LINES)
        self.written = 0
        """How many lines there were in all."""

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def missing(self) -> int:
        """How many lines are no longer kept, the earliest of all."""
        return self.written - len(self._lines)

    def append(self, line: str) -> None:
        """Add a line."""
        self.extend((line,))

    def extend(self, lines: Iterable[str], missing: int = 0) -> None:
        """Add some lines, before which so many others were lost."""
        added = tuple(lines)
        self._lines.extend(added)
        self.written += len(added) + missing

    def since(self, written: int) -> tuple[str, ...]:
        """The kept ones of the lines that came after so many."""
        new = min(self.written - written, len(self._lines))
        return tuple(islice(self._lines, len(self._lines) - new, None))


class LinesUnderWay:
    """Written by a job's thread and emptied by the GUI thread, however many lines come at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lines: deque[str] = deque(maxlen=LOG_LINES)
        self._written = 0

    def add(self, line: str) -> bool:
        """Add a line; whether it is the first since the last `take`."""
        with self._lock:
            self._lines.append(line)
            self._written += 1
            return self._written == 1

    def take(self) -> tuple[tuple[str, ...], int]:
        """The last lines since the last time, and how many before them are lost."""
        with self._lock:
            lines, written = tuple(self._lines), self._written
            self._lines.clear()
            self._written = 0
        return lines, written - len(lines)
