"""The looks follow the user's choice and the desktop's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from layerhold import theme
from layerhold.colours import DARK, LIGHT, colours


@pytest.fixture
def app(qapp):
    yield qapp
    theme.apply(qapp, "system")
    qapp.setStyleSheet("")


@pytest.mark.parametrize(("choice", "shade"), [("light", LIGHT), ("dark", DARK)])
def test_a_forced_theme_is_worn(app, choice, shade):
    theme.apply(app, choice)

    assert colours() is shade
    assert app.palette().window().color().name() == shade.window
    assert shade.accent_fill in app.styleSheet()


def test_the_desktops_wish_is_followed_until_the_user_chooses(app):
    theme.apply(app, "system")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert colours() is DARK

    theme.apply(app, "light")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert colours() is LIGHT


def test_a_choice_that_is_unknown_means_the_desktops(app):
    theme.apply(app, "dark")
    theme.apply(app, "no such theme")

    assert colours() is LIGHT


def test_every_dollar_in_the_style_sheet_is_a_colour(app):
    theme.apply(app, "light")

    assert "$" not in app.styleSheet()


def test_the_main_button_of_a_destroying_dialog_is_red(app, qtbot):
    theme.apply(app, "light")
    button = QPushButton("Remove")
    button.setProperty("danger", True)
    button.resize(120, 32)
    qtbot.addWidget(button)

    assert button.grab().toImage().pixelColor(12, 16).name() == LIGHT.danger_fill


def test_a_tick_shows_in_both_themes(app, qtbot):
    box = QCheckBox()
    qtbot.addWidget(box)
    for choice in ("light", "dark"):
        theme.apply(app, choice)
        box.setChecked(False)
        empty = box.grab().toImage()
        box.setChecked(True)
        assert box.grab().toImage() != empty


def test_a_wrong_input_is_framed_in_red(app, qtbot):
    theme.apply(app, "light")
    field = QLineEdit()
    field.setProperty("wrong", True)
    field.resize(120, 30)
    qtbot.addWidget(field)

    assert field.grab().toImage().pixelColor(60, 0).name() == LIGHT.danger


def test_the_fixed_font_has_the_desktops_size(app):
    assert theme.fixed_font().pointSizeF() == app.font().pointSizeF()
