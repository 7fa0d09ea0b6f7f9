"""The background jobs as a table, with the same actions by mouse, key and menu."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from layerhold import resources
from layerhold.dialogs.headers import name_header
from layerhold.jobs.job import Job
from layerhold.models.activity_table import (
    ACTION,
    JOB,
    JOB_ROLE,
    OUTCOME,
    PROGRESS,
    TIME,
    ActivityTable,
    Offer,
    can_retry,
    offer,
)
from layerhold.views.job_cells import GAP, ButtonCell, ProgressCell

ROW_HEIGHT = 30
NAME_WIDTH = 250
"""Enough for the name of most jobs."""
WIDTHS = {PROGRESS: 312, TIME: 64, OUTCOME: 104, ACTION: 112}


class JobTable(QTableView):
    """Changes jobs only by cancelling them; the rest are wishes."""

    retry_wanted = Signal(Job)
    copy_wanted = Signal(Job)

    def __init__(self, model: ActivityTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Activity"))
        name_header(self)
        self.setModel(model)
        self._look()
        self._buttons = ButtonCell(self)
        self.setItemDelegateForColumn(PROGRESS, ProgressCell(self))
        self.setItemDelegateForColumn(ACTION, self._buttons)
        self._buttons.pressed.connect(self._press)
        self._by_key: dict[QKeySequence, Callable[[Job], None]] = {
            QKeySequence(QKeySequence.StandardKey.Delete): self.cancel,
            QKeySequence(QKeySequence.StandardKey.Copy): self.copy_wanted.emit,
            QKeySequence("Ctrl+R"): self.retry,
            QKeySequence("Return"): self._press,
        }

    @property
    def job(self) -> Job | None:
        """The job in the current row."""
        found = self.currentIndex().data(JOB_ROLE)
        return found if isinstance(found, Job) else None

    def cancel(self, job: Job) -> None:
        """Ask the job to stop."""
        job.cancel()

    def retry(self, job: Job) -> None:
        """Wish that a job is started again, where that makes sense."""
        if can_retry(job):
            self.retry_wanted.emit(job)

    def menu(self, job: Job) -> QMenu:
        """What can be done with a job."""
        menu = QMenu(self)
        entries = (
            (self.tr("&Cancel"), "Del", offer(job) is Offer.CANCEL, self.cancel),
            (self.tr("&Retry"), "Ctrl+R", can_retry(job), self.retry),
            (self.tr("Copy &details"), "Ctrl+C", True, self.copy_wanted.emit),
        )
        for text, key, enabled, act in entries:
            action = QAction(text, menu)
            action.setShortcut(key)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False, act=act: act(job))
            menu.addAction(action)
        menu.actions()[-1].setIcon(resources.icon("copy"))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Progress gets no more than the name, until that has room enough."""
        super().resizeEvent(event)
        rest = self.viewport().width() - sum(map(self.columnWidth, (TIME, OUTCOME, ACTION)))
        self.setColumnWidth(PROGRESS, min(WIDTHS[PROGRESS], max(0, rest // 2, rest - NAME_WIDTH)))

    def _press(self, job: Job) -> None:
        match offer(job):
            case Offer.CANCEL:
                self.cancel(job)
            case Offer.WAY_ON if job.way_on:
                job.way_on.act()
            case Offer.RETRY:
                self.retry_wanted.emit(job)
            case Offer.COPY:
                self.copy_wanted.emit(job)

    def _look(self) -> None:
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setStyleSheet(
            f"QTableView::item {{ padding-left: {GAP}px; }}"
            f"QHeaderView::section {{ padding: 6px {GAP + 3}px; }}"
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(JOB, QHeaderView.ResizeMode.Stretch)
        for section, width in WIDTHS.items():
            self.setColumnWidth(section, width)

    def _open_menu(self, position: QPoint) -> None:
        if job := self.indexAt(position).data(JOB_ROLE) or self.job:
            self.menu(job).popup(self.viewport().mapToGlobal(position))

    def event(self, event: QEvent) -> bool:
        # The window has its own Delete and Ctrl+C, which would win over this table's.
        if event.type() == QEvent.Type.ShortcutOverride and self._act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event)
        if act and self.job:
            act(self.job)
        else:
            super().keyPressEvent(event)

    def _act_of(self, event: QEvent) -> Callable[[Job], None] | None:
        if not isinstance(event, QKeyEvent):
            return None
        return self._by_key.get(QKeySequence(event.keyCombination()))
