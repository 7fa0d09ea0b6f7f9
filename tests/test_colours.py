"""Words can be read on every ground they stand on."""

import pytest
from PySide6.QtGui import QColor, QPalette

from layerhold.colours import DARK, LIGHT, Colours, Role, colours

READABLE = 4.5
DISTINCT = 3.0


def luminance(name):
    channels = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(name))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def rgb(name):
    colour = QColor(name)
    return colour.redF(), colour.greenF(), colour.blueF()


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("shade", [LIGHT, DARK], ids=lambda shade: shade.name)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    "ground", ["window", "base", "alternate", "raised", "hover", "selection", "chip"]
)
def test_every_role_is_readable_on_every_ground(shade: Colours, role, ground):
    assert contrast(getattr(shade, role.value), getattr(shade, ground)) >= READABLE


@pytest.mark.parametrize("shade", [LIGHT, DARK], ids=lambda shade: shade.name)
@pytest.mark.parametrize(
    ("word", "ground"),
    [
        ("danger", "danger_ground"),
        ("care", "care_ground"),
        ("ok", "ok_ground"),
        ("text", "danger_ground"),
        ("text", "care_ground"),
        ("text", "ok_ground"),
        ("on_fill", "accent_fill"),
        ("on_fill", "danger_fill"),
        ("selection_text", "selection"),
        ("text", "pressed"),
    ],
)
def test_words_on_coloured_grounds_are_readable(shade: Colours, word, ground):
    assert contrast(getattr(shade, word), getattr(shade, ground)) >= READABLE


@pytest.mark.parametrize("shade", [LIGHT, DARK], ids=lambda shade: shade.name)
def test_what_is_unique_stands_out_in_a_bar(shade: Colours):
    assert contrast(shade.bar_unique, shade.bar_track) >= DISTINCT
    assert contrast(shade.bar_unique, shade.base) >= DISTINCT


@pytest.mark.parametrize("shade", [LIGHT, DARK], ids=lambda shade: shade.name)
def test_the_colours_go_with_the_palette(shade: Colours):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(shade.base))

    assert colours(palette) is shade
