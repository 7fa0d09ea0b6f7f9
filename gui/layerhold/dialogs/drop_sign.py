"""A sign over a window that says what would come of dropping the files that are over it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from layerhold import resources
from layerhold.colours import Role, colours
from layerhold.dialogs.sentences import headline
from layerhold.wording.counting import files
from layerhold.wording.quoting import name

MARGIN = 16
RADIUS = 12
SIGN = 48
VEIL = 225
"""How much of what is below is covered, of 255."""


class DropSign(QWidget):
    """As large as its parent, to be seen only while something is dragged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.said = headline()
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch()
        column.addWidget(self._picture)
        column.addWidget(self.said)
        column.addStretch()
        self.setAccessibleName(self.tr("Drop files here"))
        parent.installEventFilter(self)
        self.hide()

    def show_files(self, count: int, fit: int | None) -> None:
        """Say what would come of it; `fit` of them can be dropped, `None` while nobody knows."""
        usable = fit is None or fit > 0
        icon, role = ("load", Role.ACCENT) if usable else ("cancel", Role.QUIET)
        self._show(icon, role, self._words(count, fit))

    def show_build(self, path: Path) -> None:
        """Say that there is something to build."""
        text = self.tr("Drop to build an image from {name}")
        self._show("build", Role.ACCENT, text.replace("{name}", name(path.name)))

    def _show(self, icon: str, role: Role, text: str) -> None:
        self._picture.setPixmap(resources.icon(icon, role).pixmap(SIGN, SIGN))
        self.said.setText(text)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def _words(self, count: int, fit: int | None) -> str:
        if fit == 0:
            none = self.tr("None of these files can be opened")
            return self.tr("This file cannot be opened") if count == 1 else none
        text = self.tr("Drop to load images from {files}")
        if fit is not None and fit < count:
            text = self.tr("Drop to load images from {files}; the others cannot be opened")
        return text.replace("{files}", files(count if fit is None else fit))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colours().window)
        ground.setAlpha(VEIL)
        painter.fillRect(self.rect(), ground)
        pen = QPen(colours().of(Role.ACCENT), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
