import pytest

from layerhold.library import Library
from layerhold.views.image_list import ImageList


@pytest.fixture
def library(qtbot):
    del qtbot
    return Library()


@pytest.fixture
def images(library, qtbot):
    shown = ImageList(library)
    qtbot.addWidget(shown)
    shown.resize(1200, 600)
    shown.show()
    qtbot.waitExposed(shown)
    return shown
