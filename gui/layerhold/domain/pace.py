"""How fast work goes on, how long it may still take, and how much of it is done."""

from collections import deque

WINDOW_SECONDS = 3.0
"""Of the past; longer would be late to show a change, shorter would flicker."""
SETTLING_SECONDS = 0.5
"""In less time nothing can be said."""


class Pace:
    """The speed over the last seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()

    def per_second(self, now: float, amount: float) -> float | None:
        """With `amount` done at `now`; `None` while nothing moves or it is too early to tell."""
        self._seen.append((now, amount))
        while len(self._seen) > 1 and self._seen[1][0] <= now - WINDOW_SECONDS:
            self._seen.popleft()
        then, before = self._seen[0]
        if now - then < SETTLING_SECONDS or amount <= before:
            return None
        return (amount - before) / (now - then)


class Share:
    """How much is done, from 0 to 1: never less than before, although the whole may grow.

    What is new divides what is left of the way; with a whole that stays, that is `done / whole`.
    """

    def __init__(self) -> None:
        self.value = 0.0
        self._done = 0.0

    def of(self, done: float, whole: float) -> float:
        """With `done` of what is now known to be the whole."""
        left = whole - self._done
        if done > self._done and left > 0:
            self.value += (1 - self.value) * min(1.0, (done - self._done) / left)
        self._done = max(self._done, done)
        return self.value

    def finish(self) -> None:
        """All is done, whatever was expected."""
        self.value = 1.0
