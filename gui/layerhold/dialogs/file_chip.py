"""A file that can be dragged away with the mouse."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from layerhold import resources
from layerhold.models.file_mime import file_mime
from layerhold.theme import fixed_font
from layerhold.wording.quoting import name, tooltip

ICON = 20


class FileChip(QWidget):
    """Other programs get a copy."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._pressed: QPoint | None = None
        called = name(path.name)
        self.setAccessibleName(called)
        self.setToolTip(tooltip(self.tr("Drag this to another program to copy the file")))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        sign, text = QLabel(), QLabel(called, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        sign.setPixmap(resources.icon("archive").pixmap(ICON, ICON))
        text.setFont(fixed_font())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(sign)
        row.addWidget(text, stretch=1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if is_left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        if start is None:
            return
        far = (event.position().toPoint() - start).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(file_mime([self._path]))
            drag.setPixmap(resources.icon("archive").pixmap(2 * ICON, 2 * ICON))
            drag.exec(Qt.DropAction.CopyAction)
