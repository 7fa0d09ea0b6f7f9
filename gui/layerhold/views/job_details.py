"""Beside the table of jobs: the steps or layers of one, or what became of it in words."""

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QStackedWidget, QTableView, QWidget

from layerhold.dialogs.headers import name_header
from layerhold.domain.building import BuildProgress
from layerhold.domain.progress import LayerProgress, Progress
from layerhold.jobs.job import Job
from layerhold.models.job_layers import BYTES, LAYER, STATE, JobLayers
from layerhold.views.build_view import BuildView
from layerhold.views.job_cells import ProgressCell
from layerhold.views.own_copy import OwnCopy
from layerhold.wording.details import details

WIDTHS = {LAYER: 120, STATE: 152}
ROW_HEIGHT = 24


class JobDetails(QStackedWidget):
    """Follows one job."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(self.tr("Job details"))
        OwnCopy(self.text)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.addWidget(self.text)

    @cached_property
    def layers(self) -> "LayerTable":
        """Made when a job first has layers."""
        table = LayerTable()
        self.addWidget(table)
        return table

    @cached_property
    def build(self) -> BuildView:
        """Made with the first build."""
        view = BuildView()
        self.addWidget(view)
        return view

    @property
    def shows_build(self) -> bool:
        """Whether there is more to see than fits in a few lines."""
        return isinstance(self.currentWidget(), BuildView)

    def show_job(self, job: Job | None) -> None:
        """Show how far the job is, or what became of it."""
        if job and isinstance(job.progress, BuildProgress) and job.progress.steps:
            self.build.show_job(job)
            self.setCurrentWidget(self.build)
            return
        if job and (layers := _layers(job)):
            self.layers.rows.show_layers(layers)
            self.setCurrentWidget(self.layers)
            return
        self.setCurrentWidget(self.text)
        said = details(job) if job else self.tr("Choose a job to read what became of it.")
        if said != self.text.toPlainText():
            self.text.setPlainText(said)


class LayerTable(QTableView):
    """Layer, state, and a bar with bytes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = JobLayers(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Layers of the job"))
        name_header(self)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setItemDelegateForColumn(BYTES, ProgressCell(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(BYTES, QHeaderView.ResizeMode.Stretch)
        for section, width in WIDTHS.items():
            self.setColumnWidth(section, width)


def _layers(job: Job) -> tuple[LayerProgress, ...]:
    running = job.running and isinstance(job.progress, Progress)
    return job.progress.layers if running else ()
