"""How sentences stand in dialogs: as plain text, whatever they contain."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

HEADLINE_SCALE = 1.15
_LONG_WORD = re.compile(r"\S{41,}")
_PIECE = re.compile(r"\S{16}(?=\S)")
_BREAK = "\N{ZERO WIDTH SPACE}"


class Sentence(QLabel):
    """Text that wraps, within a long word too: else a name could make a dialog any width."""

    def __init__(self, text: str) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(_LONG_WORD.sub(_broken, text))

    def text(self) -> str:
        return super().text().replace(_BREAK, "")


def sentence(text: str = "") -> QLabel:
    """Text that wraps, and is never taken for markup."""
    return Sentence(text)


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


def _broken(word: re.Match[str]) -> str:
    return _PIECE.sub(rf"\g<0>{_BREAK}", word[0])
