"""How sentences stand in dialogs: as plain text, whatever they contain."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

HEADLINE_SCALE = 1.15


def sentence(text: str = "") -> QLabel:
    """Text that wraps, and is never taken for markup."""
    return QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)


def headline(text: str = "") -> QLabel:
    """The sentence at the top of a dialog."""
    label = sentence(text)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * HEADLINE_SCALE)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def note(text: str = "") -> QLabel:
    """A quiet explanation below a control."""
    label = sentence(text)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
