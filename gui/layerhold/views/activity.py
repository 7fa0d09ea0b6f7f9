"""Every background job: what it does, how far it is, what became of it."""

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from layerhold.jobs.job import Job
from layerhold.jobs.runner import JobRunner
from layerhold.models.activity_table import JOB, JOB_ROLE, ActivityTable
from layerhold.views.activity_line import ActivityLine
from layerhold.views.job_choice import JobChoice
from layerhold.views.job_details import JobDetails
from layerhold.views.job_table import JobTable
from layerhold.wording.details import details

TICK_MILLISECONDS = 200
OPEN_HEIGHT = 200
BUILD_HEIGHT, BUILD_SHARE = 340, 0.45
"""What a build gets, and at most so much of the window."""


class Activity(QWidget):
    """A line that opens into a table of jobs and the details of the current one."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Activity panel"))
        self.model = ActivityTable(runner, self)
        self.table = JobTable(self.model)
        self.details = JobDetails()
        self.line = ActivityLine()
        self._choice = JobChoice(self.table, self.model)
        self._body = QSplitter()
        self._timer = QTimer(self, interval=TICK_MILLISECONDS)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self._body)

        self._place_body()
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.open(wanted=False)

    @property
    def ticking(self) -> bool:
        """Whether time is shown going by, which costs a little; only while jobs run."""
        return self._timer.isActive()

    def open(self, *, wanted: bool = True) -> None:
        """Show the table, or only the line."""
        self._body.setVisible(wanted)
        self._choice.see()
        self.line.show_open(is_open=wanted)

    def show_job(self, job: Job) -> None:
        """Open at one job and its details."""
        self.open()
        if job in self.model.jobs:
            self.table.setCurrentIndex(self.model.index(self.model.jobs.index(job), JOB))
            self.table.setFocus()

    def _place_body(self) -> None:
        self._body.addWidget(self.table)
        self._body.addWidget(self.details)
        self._body.setStretchFactor(0, 2)
        self._body.setStretchFactor(1, 1)
        self._body.setChildrenCollapsible(False)
        self._body.setHandleWidth(1)
        self._body.setFixedHeight(OPEN_HEIGHT)

    def _connect(self) -> None:
        self.line.open_wanted.connect(self._open)
        self.line.cancel_wanted.connect(self.table.cancel)
        self.line.clear_wanted.connect(self._choice.clear_finished)
        self._choice.unseen_changed.connect(self.line.show_unseen)
        self.table.retry_wanted.connect(_retry)
        self.table.copy_wanted.connect(_copy)
        self.table.selectionModel().currentChanged.connect(self._show_details)
        self._timer.timeout.connect(self.model.tick)
        for change in (self.model.rowsInserted, self.model.rowsRemoved, self.model.dataChanged):
            change.connect(self._follow)

    def _open(self, wanted: bool) -> None:
        self.open(wanted=wanted)

    def _follow(self) -> None:
        running = bool(self.model.running) and self.isVisible()
        if running != self._timer.isActive():
            self._timer.start() if running else self._timer.stop()
        self.line.show_jobs(self.model.jobs)
        self._show_details(self.table.currentIndex())

    def _show_details(self, current: QModelIndex) -> None:
        self.details.show_job(current.data(JOB_ROLE))
        share = round(self.window().height() * BUILD_SHARE)
        height = min(BUILD_HEIGHT, share) if self.details.shows_build else 0
        self._body.setFixedHeight(max(OPEN_HEIGHT, height))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


def _retry(job: Job) -> None:
    if job.retry:
        job.retry()


def _copy(job: Job) -> None:
    QGuiApplication.clipboard().setText(details(job))
