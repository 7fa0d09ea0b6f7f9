"""The steps of a build as Qt views see them."""

from collections.abc import Callable
from time import time
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon

from layerhold import resources
from layerhold.colours import Role
from layerhold.domain.building import BuildStep, StepState
from layerhold.formatting import visible
from layerhold.wording import build_steps as words
from layerhold.wording.quoting import tooltip

Index = QModelIndex | QPersistentModelIndex

STEP, STATE, TIME = range(3)
LOG_ROW = 0
"""The first row stands for the whole build."""
ROOT = QModelIndex()
translate = QCoreApplication.translate


class BuildSteps(QAbstractTableModel):
    """A row for the whole, and one for each step, in the order in which they began."""

    def __init__(self, now: Callable[[], float] = time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._steps: tuple[BuildStep, ...] = ()

    def step(self, row: int) -> BuildStep | None:
        """The step of a row; none for the row of the whole."""
        return self._steps[row - 1] if 0 < row <= len(self._steps) else None

    def row_of(self, state: StepState) -> int:
        """The last row in this state; that of the whole where there is none."""
        rows = (row for row, step in enumerate(self._steps, 1) if step.state is state)
        return max(rows, default=LOG_ROW)

    def row_called(self, title: str) -> int:
        """Where the step of that title is now; the row of the whole where it is not any more."""
        rows = (row for row, step in enumerate(self._steps, 1) if step.title == title)
        return next(rows, LOG_ROW)

    def show_steps(self, steps: tuple[BuildStep, ...]) -> None:
        """Bring the rows to these steps; rows that did not change are left alone."""
        before, kept = self._steps, min(len(self._steps), len(steps))
        if len(before) > kept:
            self.beginRemoveRows(ROOT, kept + 1, len(before))
            self._steps = before[:kept]
            self.endRemoveRows()
        if len(steps) > kept:
            self.beginInsertRows(ROOT, kept + 1, len(steps))
            self._steps = (*before[:kept], *steps[kept:])
            self.endInsertRows()
        self._steps = steps
        for at in range(kept):
            if _seen(before[at]) != _seen(steps[at]) or steps[at].state is StepState.RUNNING:
                self.dataChanged.emit(self.index(at + 1, STEP), self.index(at + 1, TIME))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._steps) + 1

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else TIME + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return {
                STEP: translate("BuildSteps", "Step"),
                STATE: translate("BuildSteps", "State"),
                TIME: translate("BuildSteps", "Time"),
            }[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == TIME:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        step = self.step(index.row())
        if step is None:
            return self._whole(role) if index.column() == STEP else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(step.title)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(step, index.column())
        return _look(step, index.column(), role)

    def _text(self, step: BuildStep, column: int) -> str:
        return {
            STEP: lambda: visible(step.title),
            STATE: lambda: words.state(step),
            TIME: lambda: words.time(step, self._now()),
        }[column]()

    def _whole(self, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return translate("BuildSteps", "Whole log")
        if role == Qt.ItemDataRole.ToolTipRole:
            return translate("BuildSteps", "What became of the build, and every line of it")
        return None


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _seen(step: BuildStep) -> tuple[object, ...]:
    """What of a step is in its row."""
    return step.title, step.state, step.seconds


def _look(step: BuildStep, column: int, role: int) -> Any:
    if column == STATE and role == Qt.ItemDataRole.DecorationRole:
        return _icon(step.state)
    return _RIGHT if column == TIME and role == Qt.ItemDataRole.TextAlignmentRole else None


def _icon(state: StepState) -> QIcon | None:
    named = {
        StepState.RUNNING: ("activity", Role.ACCENT),
        StepState.DONE: ("success", Role.OK),
        StepState.CACHED: ("layers", Role.QUIET),
        StepState.FAILED: ("error", Role.DANGER),
        StepState.CANCELLED: ("cancel", Role.QUIET),
    }.get(state)
    return resources.icon(*named) if named else None
