"""Fields that say while one types what is wrong with what they hold."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from layerhold import theme
from layerhold.colours import colours
from layerhold.dialogs.sentences import sentence
from layerhold.domain.errors import Failure
from layerhold.wording import explain

Read = Callable[[str], Any]


class Checked(QWidget):
    """A label, something to type into, and below it the problem, if there is one."""

    changed = Signal()

    def __init__(self, label: str, edit: QWidget, read: Read, parent: QWidget | None) -> None:
        """`read` turns text into a value, or raises a `Failure`; empty text has no value."""
        super().__init__(parent)
        self._read, self._edit = read, edit
        self.value: Any = None
        self.problem: Failure | None = None
        self.said = sentence()

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = QLabel(label)
        title.setBuddy(edit)
        for widget in (title, edit, self.said):
            column.addWidget(widget)
        edit.setAccessibleName(label.replace("&", ""))
        self.setFocusProxy(edit)
        self.said.hide()

    def hint(self, text: str) -> None:
        """Say what the field is for."""
        self._edit.setToolTip(text)

    def check(self, text: str) -> None:
        """Read the text, and say what is wrong with it."""
        self.value, self.problem = None, None
        if text.strip():
            try:
                self.value = self._read(text)
            except Failure as problem:
                self.problem = problem
        self._show_problem()
        self.changed.emit()

    def _show_problem(self) -> None:
        said = explain(self.problem) if self.problem else None
        words = f"{said.what} {said.hint}".strip() if said else ""
        self.said.setText(words)
        self.said.setStyleSheet(f"color: {colours().danger}")
        self.said.setVisible(bool(words))
        self._edit.setAccessibleDescription(words)
        self._edit.setProperty("wrong", bool(words))
        self._edit.style().unpolish(self._edit)
        self._edit.style().polish(self._edit)


class CheckedField(Checked):
    """One line; the space around it, which comes along when one pastes, means nothing."""

    def __init__(
        self, label: str, read: Read, example: str = "", parent: QWidget | None = None
    ) -> None:
        self.edit = QLineEdit(placeholderText=example, clearButtonEnabled=True)
        super().__init__(label, self.edit, read, parent)
        self.edit.textChanged.connect(lambda text: self.check(text.strip()))


class CheckedText(Checked):
    """A few lines, in the fixed font."""

    def __init__(
        self, label: str, read: Read, example: str = "", parent: QWidget | None = None
    ) -> None:
        self.edit = QPlainTextEdit(placeholderText=example, tabChangesFocus=True)
        self.edit.setFont(theme.fixed_font())
        super().__init__(label, self.edit, read, parent)
        self.edit.textChanged.connect(lambda: self.check(self.edit.toPlainText()))

    def show_lines(self, count: int) -> None:
        """Be as high as so many lines."""
        frame = self.edit.height() - self.edit.viewport().height()
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * count + max(frame, 16))
