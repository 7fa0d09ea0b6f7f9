"""A field that says while one types what is wrong with it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from layerhold.colours import colours
from layerhold.dialogs.sentences import sentence
from layerhold.domain.errors import Failure
from layerhold.wording import explain


class CheckedField(QWidget):
    """A label, a line of text, and below it the problem, if there is one."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        read: Callable[[str], Any],
        example: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`read` turns text into a value, or raises a `Failure`; empty text has no value."""
        super().__init__(parent)
        self._read = read
        self.value: Any = None
        self.problem: Failure | None = None
        self.edit = QLineEdit(placeholderText=example, clearButtonEnabled=True)
        self.said = sentence()

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = QLabel(label)
        title.setBuddy(self.edit)
        for widget in (title, self.edit, self.said):
            column.addWidget(widget)

        self.edit.setAccessibleName(label.replace("&", ""))
        self.edit.textChanged.connect(self._check)
        self.said.hide()

    def hint(self, text: str) -> None:
        """Say what the field is for."""
        self.edit.setToolTip(text)

    def _check(self, text: str) -> None:
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
        self.edit.setAccessibleDescription(words)
        self.edit.setProperty("wrong", bool(words))
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
