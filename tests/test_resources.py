"""Icons are found, drawn, and take the palette's colours."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette

from layerhold import resources
from layerhold.colours import DARK, LIGHT, Role
from layerhold.theme import palette

NAMES = sorted(entry.name.removesuffix(".svg") for entry in (resources.root() / "icons").iterdir())
MINIMUM_OF_INK = 0.02


@pytest.fixture
def light(qapp):
    before = qapp.palette()
    qapp.setPalette(palette(LIGHT))
    yield qapp
    qapp.setPalette(before)


def drawn(icon, side=24, mode=QIcon.Mode.Normal):
    return icon.pixmap(QSize(side, side), 1.0, mode).toImage()


def pixels(image):
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [colour for spot in spots if (colour := image.pixelColor(*spot)).alpha() > 0]


def inks(image):
    return {colour.name() for colour in pixels(image) if colour.alpha() == 255}


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", [16, 20, 24, 48])
def test_every_icon_leaves_ink_within_its_square(name, side):
    image = drawn(resources.icon(name), side)

    assert image.size() == QSize(side, side)
    assert len(pixels(image)) > MINIMUM_OF_INK * side * side


def test_an_icon_wears_the_palettes_colours_and_follows_them(light):
    icon = resources.icon("stopped")
    assert inks(drawn(icon)) == {LIGHT.text}

    light.setPalette(palette(DARK))

    assert inks(drawn(icon)) == {DARK.text}


@pytest.mark.usefixtures("light")
def test_a_role_and_a_mode_have_their_own_colours():
    stopped, danger = resources.icon("stopped"), resources.icon("stopped", Role.DANGER)

    assert inks(drawn(danger)) == {LIGHT.danger}
    assert inks(drawn(stopped, mode=QIcon.Mode.Selected)) == {LIGHT.selection_text}
    assert inks(drawn(danger, mode=QIcon.Mode.Disabled)) == {LIGHT.disabled_text}


@pytest.mark.usefixtures("light")
def test_an_icon_is_sharp_on_a_dense_screen():
    pixmap = resources.icon("image").pixmap(QSize(16, 16), 2.0)

    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0


@pytest.mark.usefixtures("light")
def test_a_line_is_sharp_at_sixteen_pixels():
    row = [drawn(resources.icon("plus"), 16).pixelColor(x, 4).alpha() for x in range(16)]

    assert row[8] == 255
    assert max(row[:8] + row[9:]) < 40


@pytest.mark.usefixtures("light")
def test_icons_can_be_copied_and_dropped():
    copies = [QIcon(resources.icon("image")) for _ in range(200)]
    detached = [icon for icon in copies if not icon.isNull()]
    for icon in detached:
        icon.setIsMask(True)

    assert len({icon.cacheKey() for icon in detached}) == len(copies)


def test_the_programs_icon_keeps_its_own_colours(light):
    before = drawn(resources.application_icon(), 64)
    light.setPalette(palette(DARK))

    assert drawn(resources.application_icon(), 64) == before
    assert before.pixelColor(32, 20) != QColor(LIGHT.text)


def test_nothing_is_read_or_imported_before_an_icon_is_drawn():
    code = (
        "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]);"
        "from layerhold import resources; icon = resources.icon('no such icon');"
        "sys.exit('PySide6.QtSvg' in sys.modules or icon.isNull())"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, check=False)

    assert ended.returncode == 0


def test_a_tinted_icon_names_no_colour_of_its_own():
    for name in set(NAMES) - {resources.PROGRAM}:
        text = (resources.root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in text
        assert "#" not in text


def test_the_palettes_disabled_text_is_the_disabled_colour():
    disabled = palette(LIGHT).color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)

    assert disabled.name() == LIGHT.disabled_text
