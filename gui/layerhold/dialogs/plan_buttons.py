"""The verb at the right, which says why when it cannot be pressed, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from layerhold.dialogs.sentences import note


class PlanButtons(QWidget):
    """Enter is no way to press the verb, which destroys."""

    accepted = Signal()
    rejected = Signal()

    def __init__(self, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = note()
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.verb = QPushButton(verb)

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.reason, stretch=1)
        row.addWidget(self.cancel)
        row.addWidget(self.verb)

        self.verb.setProperty("danger", True)
        self.verb.setAutoDefault(False)
        self.allow(reason="")
        self.cancel.setAutoDefault(False)
        self.cancel.setToolTip(self.tr("Change nothing (Enter or Esc)"))
        self.cancel.clicked.connect(self.rejected)
        self.verb.clicked.connect(self.accepted)

    def allow(self, *, reason: str | None = None) -> None:
        """Let the verb be pressed, or say why it cannot; an empty reason is not worth words."""
        self.verb.setEnabled(reason is None)
        self.verb.setToolTip(reason or self.tr("Do what the list says"))
        self.reason.setText(reason or "")
