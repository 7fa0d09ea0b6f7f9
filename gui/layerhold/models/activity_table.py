"""The background jobs as Qt views see them, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon

from layerhold import resources
from layerhold.colours import Role
from layerhold.domain.progress import Progress
from layerhold.formatting import duration
from layerhold.jobs.job import Job, Outcome
from layerhold.jobs.runner import JobRunner
from layerhold.models.file_mime import file_mime
from layerhold.wording import progress as words
from layerhold.wording.quoting import tooltip

Index = QModelIndex | QPersistentModelIndex

JOB_ROLE = Qt.ItemDataRole.UserRole + 1
FRACTION_ROLE = Qt.ItemDataRole.UserRole + 2
"""How much is done, from 0 to 1; below 0 where that is not known; `None` when it has ended."""

ROOT = QModelIndex()
translate = QCoreApplication.translate


class Offer(Enum):
    """What a click on a job's button does."""

    CANCEL = "cancel"
    WAY_ON = "way on"
    RETRY = "retry"
    COPY = "copy"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column says about a job."""

    title: Callable[[], str]
    text: Callable[[Job], str]


def offer(job: Job) -> Offer:
    """What makes most sense with a job as it is now."""
    if job.running:
        return Offer.NOTHING if job.outcome is Outcome.CANCELLING else Offer.CANCEL
    if job.way_on:
        return Offer.WAY_ON
    return Offer.RETRY if can_retry(job) else Offer.COPY


def can_retry(job: Job) -> bool:
    """Whether starting the same again makes sense."""
    unfinished = job.outcome is not Outcome.SUCCEEDED or words.partly(job)
    return not job.running and job.retry is not None and unfinished


def offered(job: Job) -> str:
    """The words on a job's button."""
    if job.way_on and offer(job) is Offer.WAY_ON:
        return job.way_on.text
    return {
        Offer.CANCEL: translate("ActivityTable", "Cancel"),
        Offer.RETRY: translate("ActivityTable", "Retry"),
        Offer.COPY: translate("ActivityTable", "Copy details"),
        Offer.NOTHING: "",
    }[offer(job)]


def _how_far(job: Job) -> str:
    return words.under_way(job) if job.running else ""


COLUMNS = (
    Column(lambda: translate("ActivityTable", "Job"), lambda job: job.title),
    Column(lambda: translate("ActivityTable", "Progress"), _how_far),
    Column(lambda: translate("ActivityTable", "Time"), lambda job: duration(job.seconds)),
    Column(lambda: translate("ActivityTable", "Outcome"), words.outcome),
    Column(lambda: translate("ActivityTable", "Action"), offered),
)
JOB, PROGRESS, TIME, OUTCOME, ACTION = range(len(COLUMNS))


class ActivityTable(QAbstractTableModel):
    """Every job that the user may want to see; quiet ones are housekeeping."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        runner.started.connect(self.add)

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(self._jobs)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way that the user sees, newest first."""
        return tuple(job for job in self._jobs if job.running)

    def add(self, job: Job) -> None:
        """Show a job, unless it is a quiet one."""
        if job.quiet:
            return
        self.beginInsertRows(ROOT, 0, 0)
        self._jobs.insert(0, job)
        self.endInsertRows()
        job.changed.connect(self._show)

    def clear_finished(self) -> None:
        """Forget the jobs that have ended."""
        for row in reversed(range(len(self._jobs))):
            if not self._jobs[row].running:
                self.beginRemoveRows(ROOT, row, row)
                self._jobs.pop(row).deleteLater()
                self.endRemoveRows()

    def tick(self) -> None:
        """Let the times of running jobs go on."""
        for row, job in enumerate(self._jobs):
            if job.running:
                self.dataChanged.emit(self.index(row, PROGRESS), self.index(row, TIME))

    def _show(self) -> None:
        if (job := self.sender()) in self._jobs:
            row = self._jobs.index(job)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._jobs)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        has_files = index.isValid() and bool(self._jobs[index.row()].files)
        return found | Qt.ItemFlag.ItemIsDragEnabled if has_files else found

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        jobs = dict.fromkeys(self._jobs[index.row()] for index in indexes)
        return file_mime([path for job in jobs for path in job.files])

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title()
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        job = self._jobs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return COLUMNS[index.column()].text(job)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(_explained(job, index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.line(job) if index.column() == JOB else None
            case Qt.ItemDataRole.DecorationRole:
                return outcome_icon(job) if index.column() == OUTCOME else None
        return {JOB_ROLE: job, FRACTION_ROLE: fraction(job)}.get(role)


def _explained(job: Job, column: int) -> str:
    text = COLUMNS[column].text(job)
    if column != JOB or not job.files:
        return text
    return (
        f"{text}\n{translate('ActivityTable', 'Drag the row to another program to copy the file')}"
    )


def fraction(job: Job) -> float | None:
    """How much of a job is done: from 0 to 1, -1 where nobody knows, `None` at its end."""
    if not job.running or job.outcome is Outcome.WAITING:
        return None
    match words.summed(job.progress):
        case Progress(share=float(share)):
            return share
        case Progress(done=done, total=int(total)) if total > 0:
            return min(1.0, done / total)
    return -1.0


def outcome_icon(job: Job) -> QIcon:
    """A picture beside the word for what has become of a job."""
    if job.outcome is Outcome.SUCCEEDED and words.partly(job):
        return resources.icon("warning", Role.CARE)
    name, role = {
        Outcome.WAITING: ("activity", Role.QUIET),
        Outcome.RUNNING: ("activity", Role.ACCENT),
        Outcome.CANCELLING: ("activity", Role.QUIET),
        Outcome.SUCCEEDED: ("success", Role.OK),
        Outcome.FAILED: ("error", Role.DANGER),
        Outcome.CANCELLED: ("cancel", Role.QUIET),
    }[job.outcome]
    return resources.icon(name, role)
