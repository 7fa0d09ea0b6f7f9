"""Keeps `3 minutes ago` true while the window stays open."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QTreeView, QWidget

from layerhold.formatting import age
from layerhold.models.columns import NUMBERS
from layerhold.planning.ordering import Column
from layerhold.views.image_tree_view import ImageTreeView

MINUTE = 60
MINUTES_OF_A_DAY = 24 * 60
CREATED = NUMBERS[Column.CREATED]


class Alarm(QObject):
    """Rings when an age in sight reads differently, and not before; painting sets the next one.

    A window that is out of sight is not painted, and sets none.
    """

    rang = Signal()

    def __init__(self, painted: QWidget, in_sight: Callable[[], Iterable[int]]) -> None:
        """Watch a widget; `in_sight` tells the Unix seconds whose ages it shows."""
        super().__init__(painted)
        self._in_sight = in_sight
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.rang)
        painted.installEventFilter(self)

    @property
    def seconds_left(self) -> float:
        """Until the next change; negative where no alarm is set."""
        return self._timer.remainingTime() / 1000

    @Slot()
    def stop(self) -> None:
        """Forget what was in sight; the next painting looks again."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._timer.isActive():
            self._wait()
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        now = time.time()
        seconds = [until_change(created, now) for created in self._in_sight() if created > 0]
        if seconds:
            self._timer.start(int(1000 * min(seconds)) + 500)


class TreeAgeing(Alarm):
    """Repaints the ages of a tree's rows that are in sight, in one column."""

    def __init__(self, tree: QTreeView, column: int, created: Callable[[QModelIndex], int]) -> None:
        """Age a tree; `created` tells the Unix seconds of a row, or 0."""
        super().__init__(tree.viewport(), self._rows_in_sight)
        self._tree, self._column, self._created = tree, column, created
        self.rang.connect(self._show_time)
        tree.verticalScrollBar().valueChanged.connect(self.stop)

    def _show_time(self) -> None:
        tree, column = self._tree, self._column
        left, width = tree.columnViewportPosition(column), tree.columnWidth(column)
        tree.viewport().update(left, 0, width, tree.viewport().height())

    def _rows_in_sight(self) -> list[int]:
        tree = self._tree
        bottom = tree.viewport().height()
        index, found = tree.indexAt(tree.viewport().rect().topLeft()), []
        while index.isValid() and tree.visualRect(index).y() < bottom:
            found.append(self._created(index))
            index = tree.indexBelow(index)
        return found


class Ageing(TreeAgeing):
    """Repaints the ages of images in the list."""

    def __init__(self, tree: ImageTreeView) -> None:
        images = tree.images
        super().__init__(tree, CREATED, lambda index: images.entry(index).image.created)
        images.rearranged.connect(self.stop)


def until_change(created: int, now: float) -> float:
    """Seconds until an age is told in another way, at most a day."""
    text, minute = age(created, now), MINUTE - (now - created) % MINUTE
    later = range(MINUTES_OF_A_DAY)
    return minute + MINUTE * bisect_left(
        later, x=True, key=lambda minutes: age(created, now + minute + MINUTE * minutes) != text
    )
