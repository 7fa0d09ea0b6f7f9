"""Keeps `3 minutes ago` true while the window stays open."""

import time
from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from layerhold.formatting import age
from layerhold.models.columns import NUMBERS
from layerhold.planning.ordering import Column
from layerhold.views.image_tree_view import ImageTreeView

MINUTE = 60
MINUTES_OF_A_DAY = 24 * 60
CREATED = NUMBERS[Column.CREATED]


class Ageing(QObject):
    """Wakes up when the age of an image in sight reads differently, and not before."""

    def __init__(self, tree: ImageTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._show_time)
        tree.viewport().installEventFilter(self)
        tree.images.rearranged.connect(self._timer.stop)
        tree.verticalScrollBar().valueChanged.connect(self._timer.stop)

    @property
    def seconds_left(self) -> float:
        """Until the next change; negative where no alarm is set."""
        return self._timer.remainingTime() / 1000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._timer.isActive():
            self._wait()
        return super().eventFilter(watched, event)

    def _show_time(self) -> None:
        """Painting sets the next alarm; a window that is out of sight sets none."""
        left, width = self._tree.columnViewportPosition(CREATED), self._tree.columnWidth(CREATED)
        self._tree.viewport().update(left, 0, width, self._tree.viewport().height())

    def _wait(self) -> None:
        now = time.time()
        seconds = [until_change(created, now) for created in self._in_sight()]
        if seconds:
            self._timer.start(int(1000 * min(seconds)) + 500)

    def _in_sight(self) -> list[int]:
        tree, images = self._tree, self._tree.images
        bottom = tree.viewport().height()
        index, found = tree.indexAt(tree.viewport().rect().topLeft()), []
        while index.isValid() and tree.visualRect(index).y() < bottom:
            found.append(images.entry(index).image.created)
            index = tree.indexBelow(index)
        return found


def until_change(created: int, now: float) -> float:
    """Seconds until an age is told in another way, at most a day."""
    text, minute = age(created, now), MINUTE - max(0.0, now - created) % MINUTE
    later = range(MINUTES_OF_A_DAY)
    return minute + MINUTE * bisect_left(
        later, x=True, key=lambda minutes: age(created, now + minute + MINUTE * minutes) != text
    )
