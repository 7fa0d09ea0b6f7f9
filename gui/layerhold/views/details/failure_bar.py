"""Says in the pane that the details could not be read, and offers to try again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.formatting import visible
from layerhold.views.details.buttons import push_button


class FailureBar(QFrame):
    """Hidden while there is nothing to say."""

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Problem"))
        self.text, self.hint = _label(), _label()
        self.hint.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.retry = push_button("retry", self.tr("Try again"), self.tr("Ask the engine again"))
        self.retry.clicked.connect(self.retry_wanted)
        self._place()
        self.hide()

    def say(self, text: str, hint: str) -> None:
        """Show what went wrong, and what to do next."""
        self.text.setText(visible(text))
        self.hint.setText(visible(hint))
        self.hint.setVisible(bool(hint))
        self.setAccessibleDescription(" ".join(part for part in (text, hint) if part))
        self.show()

    def _place(self) -> None:
        sign = QLabel()
        sign.setPixmap(resources.icon("warning", Role.CARE).pixmap(20, 20))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text)
        words.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)
        row.addWidget(self.retry, alignment=Qt.AlignmentFlag.AlignTop)


def _label() -> QLabel:
    return QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
