"""The cells of the image list, painted without a call to Qt more than they need."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from layerhold.domain.containers import Container, State
from layerhold.formatting import visible
from layerhold.models.columns import IMAGE_COLUMNS, NUMBERS
from layerhold.models.container_sign import container_sign
from layerhold.models.image_cells import ENTRY_CELLS, condition, more_tags, repository, tag
from layerhold.models.image_entry import Entry
from layerhold.planning.ordering import Column
from layerhold.views.image_paint import (
    BAR_HEIGHT,
    BAR_WIDTH,
    CHIP_HEIGHT,
    END,
    GAP,
    MIDDLE,
    Brushes,
    Face,
)

GLYPH = 14
"""Pixels of the sign of a container's state."""
LEAST_NAME = 40
"""Pixels below which a container is counted instead of named."""
NAME = 60
"""Characters of a container's name."""
_REPOSITORY, _UNIQUE = NUMBERS[Column.REPOSITORY], NUMBERS[Column.UNIQUE]

Paint = Callable[[QPainter, QRect, Entry], None]


class CellPainter:
    """Paints the cells of an image, and the texts of a tag, with the pens of the row."""

    def __init__(self, brushes: Brushes) -> None:
        self.brushes = brushes
        self.pen: QColor = brushes.text
        self.quiet: QColor = brushes.quiet
        self.opacity = 1.0
        """Of the signs, which have colours of their own."""
        self._faces = tuple(
            brushes.figures if column.numeric else brushes.fixed if column.fixed else brushes.plain
            for column in IMAGE_COLUMNS
        )
        self._signs = {state: container_sign(state) for state in State}
        own: dict[Column, Paint] = {
            Column.REPOSITORY: self._repository,
            Column.TAG: self._tag,
            Column.UNIQUE: self._unique,
            Column.USED_BY: self._users,
        }
        self.paint: tuple[Paint, ...] = tuple(
            own.get(column.key) or partial(self._plain, number)
            for number, column in enumerate(IMAGE_COLUMNS)
        )

    def face(self, column: int) -> Face:
        return self._faces[column]

    def text(self, painter: QPainter, place: QRect, column: int, text: str) -> None:
        """A text in the manner of its column."""
        if text:
            look = IMAGE_COLUMNS[column]
            painter.setPen(self.pen)
            mode = MIDDLE if look.fixed or column == _REPOSITORY else END
            self._faces[column].write(painter, place, text, mode, right=look.numeric)

    def _plain(self, column: int, painter: QPainter, place: QRect, entry: Entry) -> None:
        self.text(painter, place, column, ENTRY_CELLS[column](entry))

    def _repository(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        word = condition(entry.image)
        painter.setPen(self.quiet if word else self.pen)
        self._with_chip(painter, place, repository(entry.image), word, MIDDLE)

    def _tag(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        painter.setPen(self.pen if entry.image.tags else self.quiet)
        self._with_chip(painter, place, tag(entry.image), more_tags(entry.image), END)

    def _with_chip(
        self, painter: QPainter, place: QRect, text: str, word: str, mode: Qt.TextElideMode
    ) -> None:
        """Where there is no room for both, a short text is rather whole than the chip."""
        brushes, room = self.brushes, place.width() - GAP
        if not word:
            brushes.plain.write(painter, place, text, mode)
            return
        beside = room - brushes.chip_width(word)
        kept = max(beside, min(brushes.plain.width(text), room * 2 // 3))
        if kept > 0:
            narrow = QRect(place.x(), place.y(), kept, place.height())
            left = place.x() + brushes.plain.write(painter, narrow, text, mode) + GAP
            top = place.y() + (place.height() - CHIP_HEIGHT) // 2
            word = word if kept == beside else brushes.cut_for_chip(word, room - kept)
            brushes.draw_chip(painter, left, top, word)

    def _unique(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        figures = entry.figures
        if figures is None:
            return
        self.text(painter, place, _UNIQUE, ENTRY_CELLS[_UNIQUE](entry))
        total = figures.shared + figures.unique
        if total and place.width() - BAR_WIDTH - GAP > LEAST_NAME:
            top = place.y() + (place.height() - BAR_HEIGHT) // 2
            painter.setOpacity(self.opacity)
            self.brushes.draw_bar(painter, place.x(), top, figures.unique / total)
            painter.setOpacity(1.0)

    def _users(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        """Each container with the sign of its state, as many as there is room for."""
        left, users = place.x(), entry.users
        for number, user in enumerate(users):
            room = place.right() - left
            last = number == len(users) - 1
            if number and room < GLYPH + LEAST_NAME + (0 if last else LEAST_NAME):
                self._rest(painter, QRect(left, place.y(), room, place.height()), users[number:])
                return
            rest = 0 if last else LEAST_NAME // 2
            left += self._user(painter, QRect(left, place.y(), room - rest, place.height()), user)

    def _user(self, painter: QPainter, place: QRect, user: Container) -> int:
        """Paint a container; how many pixels it took."""
        sign, top = self._signs[user.state], place.y() + (place.height() - GLYPH) // 2
        painter.setOpacity(self.opacity)
        sign.paint(painter, place.x(), top, GLYPH, GLYPH)
        painter.setOpacity(1.0)
        shift = GLYPH + GAP // 2
        name = visible(user.name or user.id[:12], NAME)
        painter.setPen(self.pen)
        return shift + GAP + self.brushes.plain.write(painter, place.adjusted(shift, 0, 0, 0), name)

    def _rest(self, painter: QPainter, place: QRect, users: tuple[Container, ...]) -> None:
        painter.setPen(self.quiet)
        self.brushes.small.write(painter, place, f"+{len(users)}")
