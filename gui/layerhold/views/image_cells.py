"""The cells of the image list, painted without a call to Qt more than they need."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from layerhold import resources
from layerhold.colours import Role
from layerhold.domain.containers import Container, State
from layerhold.formatting import visible
from layerhold.models.columns import IMAGE_COLUMNS, NUMBERS
from layerhold.models.image_cells import ENTRY_CELLS, condition, more_tags, repository, tag
from layerhold.models.image_entry import Entry
from layerhold.planning.ordering import Column
from layerhold.views.image_paint import CHIP_HEIGHT, GAP, LEFT, RIGHT, Brushes, Face

BAR_WIDTH, BAR_HEIGHT = 40, 6
GLYPH = 14
"""Pixels of the sign of a container's state."""
LEAST_NAME = 40
"""Pixels below which a container is counted instead of named."""
NAME = 60
"""Characters of a container's name."""
_AT_WORK = frozenset({State.RUNNING, State.RESTARTING})
_UNIQUE = NUMBERS[Column.UNIQUE]
_RIGHT_END = Qt.TextElideMode.ElideRight
_MIDDLE = Qt.TextElideMode.ElideMiddle

Paint = Callable[[QPainter, QRect, Entry], None]


class CellPainter:
    """Paints the cells of an image, and the texts of a tag, with the pens of the row."""

    def __init__(self, brushes: Brushes) -> None:
        self.brushes = brushes
        self.pen: QColor = brushes.text
        self.quiet: QColor = brushes.quiet
        self._faces = tuple(
            brushes.figures if column.numeric else brushes.fixed if column.fixed else brushes.plain
            for column in IMAGE_COLUMNS
        )
        self._at_work = resources.icon("running", Role.OK)
        self._at_rest = resources.icon("stopped", Role.QUIET)
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
        if not text:
            return
        look, face = IMAGE_COLUMNS[column], self._faces[column]
        painter.setFont(face.font)
        painter.setPen(self.pen)
        text = face.elided(text, place.width(), _MIDDLE if look.fixed or not column else _RIGHT_END)
        painter.drawText(place, RIGHT if look.numeric else LEFT, text)

    def _plain(self, column: int, painter: QPainter, place: QRect, entry: Entry) -> None:
        self.text(painter, place, column, ENTRY_CELLS[column](entry))

    def _repository(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        word = condition(entry.image)
        name = repository(entry.image)
        self._with_chip(painter, place, name, word, _MIDDLE, quietly=bool(word))

    def _tag(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        more = more_tags(entry.image)
        quietly = not entry.image.tags
        self._with_chip(painter, place, tag(entry.image), more, _RIGHT_END, quietly=quietly)

    def _with_chip(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        word: str,
        mode: Qt.TextElideMode,
        *,
        quietly: bool,
    ) -> None:
        face, brushes = self.brushes.plain, self.brushes
        room = place.width() - (brushes.chip_width(word) + GAP if word else 0)
        elided = face.elided(text, room, mode)
        painter.setFont(face.font)
        painter.setPen(self.quiet if quietly else self.pen)
        painter.drawText(place, LEFT, elided)
        if word and room > 0:
            left = place.x() + face.metrics.horizontalAdvance(elided) + GAP
            top = place.y() + (place.height() - CHIP_HEIGHT) / 2
            chip = QRectF(left, top, brushes.chip_width(word), CHIP_HEIGHT)
            brushes.draw_chip(painter, chip, word)

    def _unique(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        figures = entry.figures
        if figures is None:
            return
        self.text(painter, place, _UNIQUE, ENTRY_CELLS[_UNIQUE](entry))
        room = place.width() - BAR_WIDTH - GAP
        if (total := figures.shared + figures.unique) and room > LEAST_NAME:
            top = place.y() + (place.height() - BAR_HEIGHT) / 2
            self._bar(painter, QRectF(place.x(), top, BAR_WIDTH, BAR_HEIGHT), figures.unique, total)

    def _bar(self, painter: QPainter, place: QRectF, part: int, total: int) -> None:
        """The image's own bytes before those that it shares."""
        end = place.x() + (max(1.0, place.width() * part / total) if part else 0.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, left, right in (
            (self.brushes.unique, place.left(), end),
            (self.brushes.shared, end, place.right()),
        ):
            painter.setClipRect(QRectF(left, place.y(), right - left, place.height()))
            painter.setBrush(colour)
            painter.drawRoundedRect(place, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        painter.restore()

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
        icon = self._at_work if user.state in _AT_WORK else self._at_rest
        icon.paint(painter, place.x(), place.y() + (place.height() - GLYPH) // 2, GLYPH, GLYPH)
        face, shift = self.brushes.plain, GLYPH + GAP // 2
        name = visible(user.name or user.id[:12], NAME)
        text = face.elided(name, place.width() - shift)
        painter.setFont(face.font)
        painter.setPen(self.pen)
        painter.drawText(place.adjusted(shift, 0, 0, 0), LEFT, text)
        return shift + face.metrics.horizontalAdvance(text) + GAP

    def _rest(self, painter: QPainter, place: QRect, users: tuple[Container, ...]) -> None:
        painter.setFont(self.brushes.small.font)
        painter.setPen(self.quiet)
        painter.drawText(place, LEFT, f"+{len(users)}")
