"""A build as it goes, and what became of it: the steps, and beneath them what one of them wrote."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QSplitter, QTableView, QWidget

from layerhold.dialogs.headers import name_header
from layerhold.domain.building import StepState
from layerhold.formatting import visible
from layerhold.jobs.job import Job
from layerhold.jobs.job_log import LOG_LINES
from layerhold.models.build_steps import LOG_ROW, STATE, STEP, TIME, BuildSteps
from layerhold.views.own_copy import OwnCopy
from layerhold.wording.build_steps import step_text
from layerhold.wording.details import details

WIDTHS = {STATE: 96, TIME: 72}
ROW_HEIGHT = 22
STEPS_HEIGHT, OUTPUT_HEIGHT = 150, 170
LINES_AT_ONCE = 400
"""Nobody reads more of them in the blink of an eye; the whole is shown at the end."""
HEAD_LINES = 50
"""What the details say besides the log."""


class BuildView(QSplitter):
    """Goes along with the step that runs until the user has chosen a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.rows = BuildSteps(parent=self)
        self.table = StepTable(self.rows)
        self.output = QPlainTextEdit(readOnly=True, maximumBlockCount=LOG_LINES + HEAD_LINES)
        self._job: Job | None = None
        self._follows, self._moving = True, False
        self._source: tuple[Job, object] | None = None
        """What the output is about."""
        self._text = ""
        self._written = 0
        """Lines of the log that the output has."""
        self._place()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._choose())

    def show_job(self, job: Job) -> None:
        """Show how far the job is, or what became of it."""
        if job is not self._job:
            self._job, self._follows, self._source = job, True, None
        chosen = self.rows.step(self.table.currentIndex().row())
        self.rows.show_steps(job.progress.steps)
        if self._follows:
            self._go_along(job)
        elif chosen:
            self._go_to(self.rows.row_called(chosen.title))
        self._show_output()

    def _place(self) -> None:
        self.output.setAccessibleName(self.tr("Output of the step"))
        OwnCopy(self.output)
        self.output.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.output.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.addWidget(self.table)
        self.addWidget(self.output)
        self.setSizes([STEPS_HEIGHT, OUTPUT_HEIGHT])
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def _go_along(self, job: Job) -> None:
        row = self.rows.row_of(StepState.RUNNING if job.running else StepState.FAILED)
        is_between_steps = job.running and row == LOG_ROW and self.table.currentIndex().isValid()
        if not is_between_steps:
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        if row != self.table.currentIndex().row():
            self._moving = True
            self.table.setCurrentIndex(self.rows.index(row, STEP))
            self._moving = False

    def _choose(self) -> None:
        if not self._moving:
            self._follows = False
            self._show_output()

    def _show_output(self) -> None:
        job = self._job
        if job is None:
            return
        step = self.rows.step(self.table.currentIndex().row())
        if step is not None:
            self._show_text((job, step.title), step_text(step, job))
        elif job.running:
            self._show_log(job)
        elif self._source != (job, job.outcome):
            self._show_text((job, job.outcome), details(job))

    def _show_log(self, job: Job) -> None:
        """Only what is new is added, since a log may have any number of lines."""
        if self._source != (job, job.title):
            self._source, self._written = (job, job.title), 0
            self.output.clear()
        if new := job.log.since(self._written):
            self._written = job.log.written
            skipped = ["…"] if len(new) > LINES_AT_ONCE else []
            with _Scrolling(self.output):
                lines = (*skipped, *map(visible, new[-LINES_AT_ONCE:]))
                self.output.appendPlainText("\n".join(lines))

    def _show_text(self, source: tuple[Job, object], text: str) -> None:
        if source != self._source:
            self._source, self._text = source, text
            self.output.setPlainText(text)
            # By then the room is known that the text gets.
            QTimer.singleShot(0, self, self._begin_reading)
        elif text != self._text:
            self._text = text
            with _Scrolling(self.output):
                self.output.setPlainText(text)

    def _begin_reading(self) -> None:
        """Of a step the end says most, of the whole the beginning."""
        bar = self.output.verticalScrollBar()
        is_step = self.rows.step(self.table.currentIndex().row()) is not None
        bar.setValue(bar.maximum() if is_step else 0)


class _Scrolling:
    """Stay at the end where somebody reads the end, and else where they are."""

    def __init__(self, output: QPlainTextEdit) -> None:
        self._bar = output.verticalScrollBar()

    def __enter__(self) -> None:
        self._place, self._at_end = self._bar.value(), self._bar.value() >= self._bar.maximum()

    def __exit__(self, *_: object) -> None:
        self._restore()
        # Lines that wrap are counted when they are laid out.
        QTimer.singleShot(0, self._bar, self._restore)

    def _restore(self) -> None:
        self._bar.setValue(self._bar.maximum() if self._at_end else self._place)


class StepTable(QTableView):
    """Step, state with its icon, and time."""

    def __init__(self, rows: BuildSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setAccessibleName(self.tr("Steps of the build"))
        name_header(self)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(STEP, QHeaderView.ResizeMode.Stretch)
        for section, width in WIDTHS.items():
            self.setColumnWidth(section, width)
