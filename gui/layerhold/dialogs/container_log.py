"""What a container has written, and goes on to write; a window that stays open."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from layerhold import theme
from layerhold.dialogs.sentences import note
from layerhold.domain.containers import Container, LogLine
from layerhold.formatting import visible
from layerhold.jobs.job import Job
from layerhold.wording import explain
from layerhold.wording.quoting import name

SIZE = (820, 480)
KEPT_LINES = 10_000
LONGEST_LINE = 5000
"""Characters that are shown of a line."""


class ContainerLog(QDialog):
    """Follows the container until it is closed."""

    def __init__(self, parent: QWidget | None, container: Container, job: Job) -> None:
        super().__init__(parent)
        title = self.tr("Log of {container}").replace("{container}", name(container.name))
        self.setWindowTitle(title)
        self._job = job
        self.text = QPlainTextEdit(readOnly=True, maximumBlockCount=KEPT_LINES)
        self.state = note(self.tr("Reading…"))
        self.copier, self.closer = QPushButton(self.tr("Copy &all")), QPushButton(self.tr("&Close"))
        self._place()
        self._connect()
        self.resize(*SIZE)

    def done(self, result: int) -> None:
        """Follow no more."""
        self._job.cancel()
        super().done(result)
        self.deleteLater()

    def _place(self) -> None:
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setFont(theme.fixed_font())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        row = QHBoxLayout()
        row.addWidget(self.state, stretch=1)
        row.addWidget(self.copier)
        row.addWidget(self.closer)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addLayout(row)
        self.closer.setDefault(True)

    def _connect(self) -> None:
        self.copier.setToolTip(self.tr("Copy every line that is shown"))
        self.closer.setToolTip(self.tr("The container is not touched"))
        self.copier.clicked.connect(self._copy)
        self.closer.clicked.connect(self.accept)
        self._job.delivered.connect(self._add)
        self._job.failed.connect(self._show_failure)
        self._job.succeeded.connect(self._show_end)

    def _add(self, line: LogLine) -> None:
        self.state.setText(self.tr("Following"))
        self.text.appendPlainText(visible(line.text, LONGEST_LINE))

    def _show_end(self) -> None:
        self.state.setText(self.tr("It has ended."))

    def _show_failure(self, error: Exception) -> None:
        said = explain(error)
        self.state.setText(f"{said.what} {said.hint}".strip())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
