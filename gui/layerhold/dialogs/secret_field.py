"""A field for secrets: where each comes from, never what it is."""

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from layerhold.dialogs.checked_field import CheckedText
from layerhold.dialogs.sentences import note
from layerhold.domain.build_inputs import secrets
from layerhold.domain.building import Secret

LINES = 4


class SecretField(QWidget):
    """Lines as `docker build --secret` takes them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = CheckedText(
            self.tr("S&ecrets"),
            lambda text: secrets(text, os.environ),
            "id=npm,src=/home/me/.npmrc\nid=token,env=TOKEN",
        )
        self.edit = self.field.edit
        self.add_file = QPushButton(self.tr("Add f&ile…"))
        self.add_variable = QPushButton(self.tr("Add &variable…"))
        self.says = note()
        self._place()
        self._connect()

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What was given, while all of it is right and the builder takes any."""
        return self.field.value or () if self.isEnabled() else ()

    @property
    def is_right(self) -> bool:
        return not self.isEnabled() or self.field.problem is None

    def allow(self, reason: str = "") -> None:
        """Take secrets, or none for that reason."""
        self.setEnabled(not reason)
        use = self.tr("Steps read them with RUN --mount=type=secret; no layer and no log has them.")
        self.says.setText(reason or use)

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.says, stretch=1)
        for button in (self.add_file, self.add_variable):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)
        column.addStretch()
        self.field.show_lines(LINES)

    def _connect(self) -> None:
        self.field.hint(
            self.tr("One in a line: an ID, and the file or variable that it comes from")
        )
        self.add_file.setToolTip(self.tr("Take a secret from a file, read when the build begins"))
        self.add_variable.setToolTip(self.tr("Take a secret from an environment variable"))
        self.field.changed.connect(self.changed)
        self.add_file.clicked.connect(self._add_file)
        self.add_variable.clicked.connect(self._add_variable)

    def _add_file(self) -> None:
        title, start = self.tr("Secret"), str(Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(self, title, start)
        if chosen:
            source = f'"src={chosen}"' if "," in chosen else f"src={chosen}"
            self._add(f"id={Path(chosen).name.lstrip('.')},{source}")

    def _add_variable(self) -> None:
        title, label = self.tr("Secret"), self.tr("Environment variable")
        names = sorted(os.environ)
        chosen, meant = QInputDialog.getItem(self, title, label, names, 0, editable=False)
        if meant:
            self._add(f"id={chosen},env={chosen}")

    def _add(self, line: str) -> None:
        before = self.edit.toPlainText().rstrip("\n")
        self.edit.setPlainText(f"{before}\n{line}" if before else line)
