"""What is wrong with a filter, in whole sentences below its field, where it moves nothing."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from layerhold import resources
from layerhold.colours import Role, colours

SIGN = 16
WIDEST = 440
"""Pixels; longer sentences are broken into lines."""
GAP, SPACING = 4, 8
MARGINS = (10, 6, 10, 6)
RADIUS = 6


class FilterMessage(QWidget):
    """Lies over what is below the field."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__()
        self._field = field
        self.sign = QLabel()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setAccessibleName(self.tr("Filter message"))

        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*MARGINS)
        self._row.setSpacing(SPACING)
        self._row.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, stretch=1)
        self.hide()

    @property
    def text(self) -> str:
        """What it has to say, whether it is seen or not."""
        return self.words.text()

    def say(self, text: str) -> None:
        """Show the sentences; empty ones take it away."""
        self.words.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))
        if text:
            self.sign.setPixmap(resources.icon("warning", Role.CARE).pixmap(SIGN, SIGN))
            self._go_below_field()

    def follow(self) -> None:
        """Stay with the field, which has moved."""
        if not self.isHidden():
            self._go_below_field()

    def _go_below_field(self) -> None:
        """Under its right end, as wide as it needs and the window allows."""
        field, window = self._field, self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self.show()
        self._fit(min(WIDEST, window.width() - 2 * GAP))
        corner = field.mapTo(window, QPoint(field.width(), field.height() + GAP))
        left = min(corner.x() - self.width(), window.width() - self.width() - GAP)
        self.move(max(GAP, left), corner.y())
        self.raise_()

    def _fit(self, widest: int) -> None:
        around = MARGINS[0] + SIGN + SPACING + MARGINS[2]
        text = self.words.fontMetrics().horizontalAdvance(self.text) + GAP
        width = min(widest, text + around)
        self.resize(width, self._row.totalHeightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        shade = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(shade.care))
        painter.setBrush(QColor(shade.care_ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
