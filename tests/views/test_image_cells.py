import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from fakes.image_hands import image
from layerhold.models.columns import NUMBERS
from layerhold.models.image_cells import NONE
from layerhold.models.image_entry import Entry
from layerhold.planning.ordering import Column
from layerhold.views.image_cells import CellPainter
from layerhold.views.image_paint import Brushes

REPOSITORY = NUMBERS[Column.REPOSITORY]


@pytest.fixture
def painter(images):
    return CellPainter(Brushes(images.tree))


def painted(width, paint):
    picture = QImage(width, 28, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    with QPainter(picture) as painter:
        paint(painter, picture.rect())
    return picture


@pytest.mark.parametrize("width", [86, 99, 200])
def test_the_name_of_an_image_without_one_is_whole_beside_its_chip(painter, width):
    needed = painter.brushes.plain.width(NONE)
    entry = Entry(image(1))

    def bare(brush, place):
        brush.setPen(painter.quiet)
        painter.brushes.plain.write(brush, place, NONE)

    name = QRect(0, 0, needed, 28)
    cell = painted(width, lambda *where: painter.paint[REPOSITORY](*where, entry))
    assert cell.copy(name) == painted(width, bare).copy(name)
    assert cell != painted(width, bare)
