"""Pens, fonts and measures with which the image list is painted."""

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from layerhold import theme
from layerhold.colours import colours

GAP = 8
"""Pixels between the edge of a cell and its text."""
CHIP_PADDING = 6
CHIP_HEIGHT = 18
BAR_WIDTH, BAR_HEIGHT = 40, 6
ROOM = 12
"""Pixels that a row is higher than its text."""

CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
REMEMBERED = 4096
"""Widths of texts that are worth keeping: the same few stand in most rows."""

END = Qt.TextElideMode.ElideRight
MIDDLE = Qt.TextElideMode.ElideMiddle


class Face:
    """A font that knows how wide it writes a text.

    Writing at a point takes half the time of writing into a rectangle, which Qt lays out anew.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._widths: dict[str, int] = {}
        self._rise = self.metrics.ascent() - self.metrics.descent()

    def width(self, text: str) -> int:
        """Pixels."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= REMEMBERED:
                self._widths.clear()
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width

    def write(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        mode: Qt.TextElideMode = END,
        *,
        right: bool = False,
    ) -> int:
        """Write a text in the middle of a row, cut to its place; how wide it became."""
        width, room = self.width(text), place.width()
        if width > room:
            text = self.metrics.elidedText(text, mode, room)
            width = self.width(text)
        painter.setFont(self.font)
        left = place.x() + (room - width if right else 0)
        painter.drawText(left, place.y() + (place.height() + self._rise) // 2, text)
        return width


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

        self.plain = Face(self.font)
        self.fixed = Face(theme.fixed_font())
        self.figures = Face(_tabular(self.font))
        self.small = Face(_smaller(self.font))
        self._stamps: dict[tuple[str | int, float], QPixmap] = {}

    def fit(self, widget: QWidget) -> bool:
        """Whether they are those of the widget still."""
        same = self.palette_key == widget.palette().cacheKey()
        return same and self.font == widget.font()

    @property
    def row_height(self) -> int:
        return max(theme.ROW_HEIGHT, self.plain.metrics.height() + ROOM)

    def chip_width(self, word: str) -> int:
        return self.small.width(word) + 2 * CHIP_PADDING

    def cut_for_chip(self, word: str, room: int) -> str:
        """What of a word goes into a chip that is so many pixels wide."""
        return self.small.metrics.elidedText(word, END, max(0, room - 2 * CHIP_PADDING))

    def draw_chip(self, painter: QPainter, left: int, top: int, word: str) -> None:
        """A word on a rounded ground."""
        self._stamp(painter, (left, top), (self.chip_width(word), CHIP_HEIGHT), self._chip, word)

    def draw_bar(self, painter: QPainter, left: int, top: int, fraction: float) -> None:
        """A bar of two parts; at least a pixel of the first if there is anything of it."""
        filled = max(1, round(BAR_WIDTH * fraction)) if fraction else 0
        self._stamp(painter, (left, top), (BAR_WIDTH, BAR_HEIGHT), self._bar, filled)

    def _stamp(
        self,
        painter: QPainter,
        place: tuple[int, int],
        size: tuple[int, int],
        draw: Callable[[QPainter, QRectF, Any], None],
        what: str | int,
    ) -> None:
        """Rounded shapes take long to draw, and are the same in many rows."""
        ratio = painter.deviceTransform().m11()
        pixmap = self._stamps.get((what, ratio))
        if pixmap is None:
            pixmap = QPixmap(*(math.ceil(side * ratio) for side in size))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as brush:
                brush.setRenderHint(QPainter.RenderHint.Antialiasing)
                brush.setPen(Qt.PenStyle.NoPen)
                draw(brush, QRectF(0, 0, *size), what)
            self._stamps[what, ratio] = pixmap
        painter.drawPixmap(*place, pixmap)

    def _chip(self, painter: QPainter, place: QRectF, word: str) -> None:
        painter.setBrush(self.chip)
        painter.drawRoundedRect(place, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
        painter.setFont(self.small.font)
        painter.setPen(self.quiet)
        painter.drawText(place, CENTRE, word)

    def _bar(self, painter: QPainter, place: QRectF, filled: int) -> None:
        for colour, left, width in (
            (self.unique, 0, filled),
            (self.shared, filled, BAR_WIDTH - filled),
        ):
            painter.setClipRect(QRectF(left, 0, width, BAR_HEIGHT))
            painter.setBrush(colour)
            painter.drawRoundedRect(place, BAR_HEIGHT / 2, BAR_HEIGHT / 2)


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
