"""Search the document: words, how many matches, next and previous."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from layerhold.views.details.buttons import icon_button

FIELD_WIDTH = 280


class SearchBar(QWidget):
    """Announces what is looked for; is told what was found."""

    words_changed = Signal(str)
    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(clearButtonEnabled=True)
        self.field.setPlaceholderText(self.tr("Search keys and values"))
        self.field.setAccessibleName(self.tr("Search in Inspect"))
        self.field.setToolTip(self.tr("Search keys and values (Ctrl+F)"))
        self.field.setMaximumWidth(FIELD_WIDTH)
        self.count = QLabel()
        self.count.setAccessibleName(self.tr("Matches"))
        self.previous = icon_button(
            "chevron-up", self.tr("Previous match"), self.tr("Previous match (Shift+F3)")
        )
        self.next = icon_button("chevron-down", self.tr("Next match"), self.tr("Next match (F3)"))

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.field, self.previous, self.next, self.count):
            row.addWidget(widget)

        self.field.textChanged.connect(self.words_changed)
        self.next.clicked.connect(self.next_wanted)
        self.previous.clicked.connect(self.previous_wanted)
        self.show_count("", matches=False)

    def show_count(self, text: str, *, matches: bool) -> None:
        """Tell how many there are, and whether one can go from one to the next."""
        self.count.setText(text)
        self.next.setEnabled(matches)
        self.previous.setEnabled(matches)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_wanted if back else self.next_wanted).emit()
        elif event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            super().keyPressEvent(event)
