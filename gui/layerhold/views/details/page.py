"""Content, or a sentence that says why there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget


class Page(QStackedWidget):
    """One tab of the details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._sentence.setMargin(24)
        self._content: QWidget = self._sentence
        self.addWidget(self._sentence)

    @property
    def sentence(self) -> str:
        """What is said instead of content; empty while there is content."""
        return self._sentence.text() if self.currentWidget() is self._sentence else ""

    def hold(self, content: QWidget) -> None:
        """Show this unless something is said."""
        self._content = content
        self.addWidget(content)
        self.setFocusProxy(content)

    def say(self, sentence: str) -> None:
        """Show a sentence, or with an empty one the content."""
        self._sentence.setText(sentence)
        self.setCurrentWidget(self._sentence if sentence else self._content)
