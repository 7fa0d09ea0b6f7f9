"""The jobs in one line: the newest that runs, or what became of the last."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from layerhold import resources
from layerhold.jobs.job import Job, Outcome
from layerhold.models.activity_table import Offer, fraction, offer, outcome_icon
from layerhold.views.details.buttons import ICON
from layerhold.wording import counting, progress

ICON_PIXELS = 16
BAR_WIDTH = 160
BAR_HEIGHT = 8
STEPS = 1000


class ActivityLine(QWidget):
    """Opens and closes the table, and cancels the job that it shows."""

    open_wanted = Signal(bool)
    cancel_wanted = Signal(Job)
    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.opener = flat_button(self.tr("Activity"))
        self._icon = QLabel()
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._bar = QProgressBar(textVisible=False)
        self.canceller = flat_button(self.tr("Cancel"), "cancel")
        self.clearer = flat_button(self.tr("Clear finished"))

        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        for widget in (self.opener, self._icon, self._bar):
            row.addWidget(widget)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self.canceller)
        row.addWidget(self.clearer)

        self._name_parts()
        self._connect()
        self.show_jobs(())

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.text()

    def show_open(self, *, is_open: bool) -> None:
        """Point the arrow the right way."""
        self.opener.setChecked(is_open)
        self.opener.setIcon(resources.icon("chevron-down" if is_open else "chevron-right"))

    def show_unseen(self, count: int) -> None:
        """Say that jobs came while the user looked at another one."""
        new = self.tr("Activity · {count} new").replace("{count}", str(count))
        self.opener.setText(new if count else self.tr("Activity"))
        self.opener.setAccessibleDescription(self.opener.text() if count else "")

    def show_jobs(self, jobs: Sequence[Job]) -> None:
        """Show the newest job under way, or else the newest of all."""
        running = [job for job in jobs if job.running]
        running.sort(key=lambda job: job.outcome is Outcome.WAITING)
        self._job = next(iter(running or jobs), None)
        self._text.setText(self._say(len(running)))
        self._show_bar()
        self.canceller.setVisible(bool(running))
        self.canceller.setEnabled(bool(running) and offer(running[0]) is Offer.CANCEL)
        self.clearer.setVisible(len(jobs) > len(running))

    def _say(self, running: int) -> str:
        if self._job is None:
            return self.tr("Nothing has run yet")
        line = progress.line(self._job)
        if running < 2:
            return line
        return self.tr("{jobs} run · {line}").format(jobs=counting.jobs(running), line=line)

    def _show_bar(self) -> None:
        done = fraction(self._job) if self._job else None
        self._bar.setVisible(done is not None)
        self._icon.setVisible(self._job is not None and done is None)
        if done is None:
            if self._job:
                self._icon.setPixmap(outcome_icon(self._job).pixmap(ICON_PIXELS, ICON_PIXELS))
            return
        self._bar.setRange(0, STEPS if done >= 0 else 0)
        self._bar.setValue(round(done * STEPS))

    def _name_parts(self) -> None:
        self.opener.setCheckable(True)
        self.opener.setAccessibleName(self.tr("Show activity"))
        self.opener.setToolTip(self.tr("Show or hide the background jobs"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setFixedSize(BAR_WIDTH, BAR_HEIGHT)
        self.canceller.setToolTip(self.tr("Ask this job to stop"))
        self.clearer.setToolTip(self.tr("Forget the jobs that have ended"))

    def _connect(self) -> None:
        self.opener.toggled.connect(self.open_wanted)
        self.canceller.clicked.connect(self._cancel)
        self.clearer.clicked.connect(self.clear_wanted)

    def _cancel(self) -> None:
        if self._job:
            self.cancel_wanted.emit(self._job)


def flat_button(text: str, icon: str = "") -> QToolButton:
    """A button without a frame, with its icon before its text."""
    button = QToolButton(autoRaise=True)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(ICON)
    if icon:
        button.setIcon(resources.icon(icon))
    return button
