"""The whole program on a real engine, by real clicks and keys."""

import json
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from fakes.desks import when_open
from layerhold.library import Phase
from live.images import Layer, Sketch, busybox, write_archive

pytestmark = pytest.mark.live

BASE = Sketch((busybox(),), ("base:1", "base:old"), cmd=("/bin/sh",))
APP = Sketch((busybox(), Layer("COPY app /srv", {"srv/app": b"a" * 5000})), ("app:1.9",))
NEWER = Sketch((busybox(), Layer("COPY app /srv", {"srv/app": b"b" * 7000})), ("app:1.10",))
PATIENCE_MS = 15_000


@pytest.fixture
def stocked(dockerd, tmp_path):
    dockerd.load(write_archive(tmp_path / "images.tar", (BASE, APP, NEWER)))
    return dockerd


@pytest.fixture
def startup(qtbot, open_window, stocked):
    startup = open_window(stocked.url)
    qtbot.waitUntil(lambda: startup.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(startup.library.figures) == 3, timeout=PATIENCE_MS)
    return startup


@pytest.fixture
def window(startup):
    return startup.window


def rows(window):
    """What stands in the first two columns of the rows."""
    model = window.images.tree.model()
    return [
        tuple(model.index(row, column).data() for column in range(2))
        for row in range(model.rowCount())
    ]


def click(qtbot, window, row):
    tree = window.images.tree
    place = tree.visualRect(tree.model().index(row, 0)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(qtbot, dialog, text):
    """Click the button of a dialog that says so."""
    buttons = dialog.findChildren(QPushButton)
    (button,) = [each for each in buttons if each.text().replace("&", "") == text]
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def find(window, name):
    return next(row for row, cells in enumerate(rows(window)) if cells[0] == name)


def test_rows_come_with_what_they_weigh(window):
    assert sorted(name for name, _tag in rows(window)) == ["app", "app", "base"]
    assert "Docker" in window.windowTitle()
    assert "live" in window.windowTitle()
    assert window.views.count() == 4


def test_a_key_in_the_filter_hides_what_does_not_match(qtbot, window):
    qtbot.keyClicks(window.filter, "base")
    assert [name for name, _tag in rows(window)] == ["base"]
    qtbot.keyClick(window.filter, Qt.Key.Key_Escape)
    assert len(rows(window)) == 3


def test_a_click_shows_what_the_image_is_made_of(qtbot, window):
    click(qtbot, window, find(window, "base"))
    layers = window.details.tabs.parts.layers.tree
    qtbot.waitUntil(lambda: layers.model().rowCount() == 1, timeout=PATIENCE_MS)
    assert "ADD busybox" in layers.model().index(0, 0).data()
    assert "1 selected" in window.status.selection_text


def test_copying_a_reference_by_its_key(qtbot, window):
    click(qtbot, window, find(window, "base"))
    window.commands.copy_reference.trigger()
    assert QGuiApplication.clipboard().text().split() == ["base:1", "base:old"]


def test_removing_by_clicks_removes_what_was_shown(qtbot, window, stocked):
    click(qtbot, window, find(window, "base"))
    when_open(lambda dialog: press(qtbot, dialog, "Remove"))
    window.commands.remove.trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == 2, timeout=PATIENCE_MS)
    assert "base" not in stocked.cli("images")
    assert "1 image" in window.notices.text


def test_cancelling_the_plan_changes_nothing(qtbot, window, stocked):
    click(qtbot, window, find(window, "base"))
    when_open(lambda dialog: press(qtbot, dialog, "Cancel"))
    window.commands.remove.trigger()
    assert "base" in stocked.cli("images")
    assert len(rows(window)) == 3


def test_a_tag_made_elsewhere_appears_by_itself(qtbot, window, stocked):
    stocked.cli("tag", "app:1.9", "elsewhere:7")
    images = window.images
    qtbot.waitUntil(lambda: images.select("elsewhere:7"), timeout=PATIENCE_MS)


def test_an_engine_that_dies_leaves_the_rows_and_comes_back(qtbot, startup, window, stocked):
    library = startup.library
    click(qtbot, window, find(window, "base"))
    stocked.kill()
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LOST, timeout=PATIENCE_MS)
    assert len(rows(window)) == 3
    assert "out of date" in window.windowTitle()
    assert "out of date" in window.notices.text
    assert re.search(r"as of \d\d:\d\d", window.notices.text)
    assert re.fullmatch(r"As of \d\d:\d\d", window.status.as_of_text)
    assert not window.commands.remove.isEnabled()

    stocked.start()
    stocked.cli("tag", "app:1.9", "meanwhile:1")
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.images.select("meanwhile:1"), timeout=PATIENCE_MS)
    assert window.commands.remove.isEnabled()
    assert not window.notices.isVisible()
    assert not window.status.as_of_text


def test_without_an_engine_the_window_says_so_until_there_is_one(qtbot, open_window, stocked):
    stocked.stop()
    startup = open_window(stocked.url)
    window, library = startup.window, startup.library
    qtbot.waitUntil(lambda: library.connection.phase is Phase.NONE, timeout=PATIENCE_MS)
    assert window.no_engine.isVisible()
    assert not window.commands.prune.isEnabled()

    stocked.start()
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(rows(window)) == 3, timeout=PATIENCE_MS)
    assert not window.no_engine.isVisible()


def test_the_engine_menu_leads_from_one_engine_to_another(
    qtbot, open_window, stocked, podman_service, home
):
    for name, engine in (("docker", stocked), ("podman", podman_service)):
        folder = home / ".docker/contexts/meta" / name
        folder.mkdir(parents=True)
        meta = {"Name": name, "Endpoints": {"docker": {"Host": engine.url}}}
        (folder / "meta.json").write_text(json.dumps(meta))
    startup = open_window()
    window, library = startup.window, startup.library
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    assert "Docker" in window.windowTitle()
    click(qtbot, window, find(window, "base"))

    window.engines.aboutToShow.emit()
    qtbot.waitUntil(lambda: len(engines(window)) == 3, timeout=PATIENCE_MS)
    assert [choice.isChecked() for choice in engines(window)] == [True, False, False]
    engines(window)[1].trigger()
    qtbot.waitUntil(lambda: "Podman" in window.windowTitle(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: rows(window) == [], timeout=PATIENCE_MS)
    assert [choice.isChecked() for choice in engines(window)] == [False, True, False]
    assert window.status.selection_text.startswith("0 selected")

    engines(window)[0].trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == 3, timeout=PATIENCE_MS)
    assert "Docker" in window.windowTitle()


def engines(window):
    """The engines of the menu; the embedded store is always one of them."""
    return [action for action in window.engines.actions() if action.isCheckable()]
