"""What is painted of names longer than their row."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from layerhold.views.details.layer_painting import paint_base

WIDE, HIGH = 300, 28


@pytest.fixture
def painted(qtbot):
    """A row painted with a text, as an image."""
    widget = QWidget()
    qtbot.addWidget(widget)

    def paint(text):
        option = QStyleOptionViewItem()
        option.initFrom(widget)
        option.rect = QRect(0, 0, WIDE, HIGH)
        image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            paint_base(painter, option, text)
        return image

    return paint


def columns_with_ink(image):
    white = Qt.GlobalColor.white
    paper = QImage(1, HIGH - 2, QImage.Format.Format_RGB32)
    paper.fill(white)
    strips = (image.copy(x, 2, 1, HIGH - 2) for x in range(WIDE))
    return [x for x, strip in enumerate(strips) if strip != paper]


def test_a_long_name_keeps_its_end_and_stays_within_the_row(painted):
    long = columns_with_ink(painted(f"Base image: {'a-long-name/' * 20}app:1.27"))
    assert long[-1] < WIDE - 4
    assert long[-1] > WIDE - 40, "all of the room is used"
    short = columns_with_ink(painted("Base image: app:1"))
    assert short[-1] < WIDE / 2
