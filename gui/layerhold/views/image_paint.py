"""Pens, fonts and measures with which the image list is painted."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from layerhold import theme
from layerhold.colours import colours

GAP = 8
"""Pixels between the edge of a cell and its text."""
CHIP_PADDING = 6
CHIP_HEIGHT = 18
ROOM = 12
"""Pixels that a row is higher than its text."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True)
class Face:
    """A font with its metrics."""

    font: QFont
    metrics: QFontMetrics

    @classmethod
    def of(cls, font: QFont) -> "Face":
        return cls(font, QFontMetrics(font))

    def elided(
        self, text: str, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> str:
        return self.metrics.elidedText(text, mode, width)


class Brushes:
    """Made once for a palette and a font, because a row is painted many times."""

    def __init__(self, widget: QWidget) -> None:
        self.palette_key = widget.palette().cacheKey()
        self.font = widget.font()
        palette, shade = widget.palette(), colours(widget.palette())
        self.text = palette.color(QPalette.ColorRole.Text)
        self.selected = palette.color(
            QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText
        )
        self.quiet = QColor(shade.quiet_text)
        group = QPalette.ColorGroup
        self.ground = palette.color(group.Active, QPalette.ColorRole.Highlight)
        self.ground_behind = palette.color(group.Inactive, QPalette.ColorRole.Highlight)
        self.selected_behind = palette.color(group.Inactive, QPalette.ColorRole.HighlightedText)
        self.focus = QColor(shade.accent)
        self.hover = QColor(shade.hover)
        self.chip = QColor(shade.chip)
        self.shared, self.unique = QColor(shade.bar_shared), QColor(shade.bar_unique)

        self.plain = Face.of(self.font)
        self.fixed = Face.of(theme.fixed_font())
        self.figures = Face.of(_tabular(self.font))
        self.small = Face.of(_smaller(self.font))

    def fit(self, widget: QWidget) -> bool:
        """Whether they are those of the widget still."""
        same = self.palette_key == widget.palette().cacheKey()
        return same and self.font == widget.font()

    @property
    def row_height(self) -> int:
        return max(theme.ROW_HEIGHT, self.plain.metrics.height() + ROOM)

    def chip_width(self, word: str) -> int:
        return self.small.metrics.horizontalAdvance(word) + 2 * CHIP_PADDING

    def draw_chip(self, painter: QPainter, place: QRectF, word: str) -> None:
        """A word on a rounded ground."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.chip)
        painter.drawRoundedRect(place, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self.small.font)
        painter.setPen(self.quiet)
        painter.drawText(place, CENTRE, word)


def _tabular(font: QFont) -> QFont:
    """The same font with digits of one width, where it has them."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    if font.pointSizeF() > 0:
        smaller.setPointSizeF(font.pointSizeF() * 0.85)
    return smaller
