"""The engine's JSON as text, cut where nobody would read on."""

from itertools import islice

from msgspec import Raw
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from layerhold.domain.document_text import lines
from layerhold.theme import fixed_font
from layerhold.views.details.slices import Slices
from layerhold.views.own_copy import OwnCopy

MOST_LINES = 5000


class JsonText(QWidget):
    """Fills itself in slices while it is shown."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(readOnly=True, undoRedoEnabled=False)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setFont(fixed_font())
        self.text.document().setDocumentMargin(12)
        self.text.setAccessibleName(name)
        OwnCopy(self.text)
        self.cut = QLabel(margin=8, wordWrap=True)
        self.cut.setTextFormat(Qt.TextFormat.PlainText)
        self._slices = Slices(self._add, self)
        self._slices.finished.connect(self._tell_cut)
        self._count = 0

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text)
        column.addWidget(self.cut)
        self.setFocusProxy(self.text)
        self.clear()

    def show_document(self, raw: Raw) -> None:
        """Write the beginning of the document."""
        self.clear()
        self._slices.start(islice(lines(raw), MOST_LINES + 1))

    def show_plain(self, text: str) -> None:
        """Show what is no JSON as it is."""
        self.clear()
        self.text.setPlainText(text)

    def clear(self) -> None:
        self._slices.stop()
        self._count = 0
        self.text.clear()
        self.cut.hide()

    def find_next(self, words: str, *, backward: bool = False) -> bool:
        """Select the next match, from the other end if need be."""
        flags = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        if self.text.find(words, flags):
            return True
        end = QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start
        self.text.moveCursor(end)
        return self.text.find(words, flags)

    def _add(self, line: str) -> None:
        self._count += 1
        if self._count <= MOST_LINES:
            cursor = QTextCursor(self.text.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(f"\n{line}" if self._count > 1 else line)

    def _tell_cut(self) -> None:
        said = self.tr("Only the first {count} lines are shown. Copy or save the document for all.")
        self.cut.setText(said.format(count=f"{MOST_LINES:,}"))
        self.cut.setVisible(self._count > MOST_LINES)
