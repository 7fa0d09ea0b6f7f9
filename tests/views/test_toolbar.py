"""The toolbar in windows of every width."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from layerhold.views.commands import Commands
from layerhold.views.engine_menu import EngineMenu
from layerhold.views.filter_field import FilterField
from layerhold.views.toolbar import Toolbar

WITH_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    commands = Commands(made)
    made.search = FilterField()
    frequent = [commands.pull, commands.push, commands.save, commands.tag, commands.remove]
    more = [QAction(text, made) for text in ("Load…", "Build…", "Prune…")]
    made.bar = Toolbar(EngineMenu(made), [*frequent, *more], made.search)
    made.addToolBar(made.bar)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("width", [800, 1024, 1280, 3840])
def test_the_filter_is_in_sight_however_narrow_the_window(window, width):
    window.resize(width, 300)
    search = window.search
    place = QRect(search.mapTo(window, search.rect().topLeft()), search.size())

    assert search.isVisible()
    assert window.rect().contains(place)
    assert 200 <= search.width() <= 300
    buttons = [window.bar.widgetForAction(action) for action in window.bar.actions()]
    assert all(button.isVisible() for button in buttons)


def test_words_give_way_and_come_back(window):
    window.resize(1400, 300)
    assert window.bar.toolButtonStyle() == WITH_WORDS
    window.resize(800, 300)
    assert window.bar.toolButtonStyle() != WITH_WORDS
    window.resize(1400, 300)
    assert window.bar.toolButtonStyle() == WITH_WORDS
