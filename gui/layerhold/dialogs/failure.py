"""An error that nobody foresaw: told once, with all that helps to mend it."""

from pathlib import Path
from traceback import format_exception

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from layerhold.dialogs.sentences import headline, sentence
from layerhold.formatting import visible
from layerhold.theme import fixed_font
from layerhold.wording import explain

SIZE = (620, 160)
DETAILS_HEIGHT = 220


class FailureDialog(QDialog):
    """A sentence, where the log is, and the details if one wants them."""

    def __init__(self, parent: QWidget | None, error: Exception, log: Path | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unexpected error"))
        said = explain(error)
        self._top = headline(said.what)
        self._hint = sentence(self._where(said.hint, log))
        self.details = QPlainTextEdit("".join(format_exception(error)), readOnly=True)
        self.more = QPushButton(self.tr("Show &details"))
        self.copy = QPushButton(self.tr("&Copy details"))
        self.close_button = QPushButton(self.tr("Close"))

        self._place()
        self._connect()

    @classmethod
    def ask(cls, parent: QWidget | None, error: Exception, log: Path | None = None) -> None:
        """Tell the error; there is nothing to decide."""
        dialog = cls(parent, error, log)
        dialog.exec()
        dialog.deleteLater()

    def _where(self, hint: str, log: Path | None) -> str:
        place = self.tr("The log is at {path}.").replace("{path}", visible(str(log)))
        return f"{hint}\n{place}" if log else hint

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self._top)
        column.addWidget(self._hint)
        column.addWidget(self.details, stretch=1)
        column.addStretch()
        row = QHBoxLayout()
        for button in (self.more, self.copy):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.details.setFont(fixed_font())
        self.details.setMinimumHeight(DETAILS_HEIGHT)
        self.details.setAccessibleName(self.tr("Details"))
        self.close_button.setToolTip(self.tr("Go on; Layerhold keeps running"))
        self.details.hide()
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        for button in (self.more, self.copy):
            button.setAutoDefault(False)
        self.more.setToolTip(self.tr("What a developer would want to know"))
        self.copy.setToolTip(self.tr("Copy the details, to report the error"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_details)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)

    def _show_details(self, wanted: bool) -> None:
        self.details.setVisible(wanted)
        self.more.setText(self.tr("Hide &details") if wanted else self.tr("Show &details"))
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
