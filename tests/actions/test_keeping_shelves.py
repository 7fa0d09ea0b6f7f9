"""The shelf follows what happens in its folders."""

import pytest
from PySide6.QtCore import QSettings

from fakes.desks import desk_over
from layerhold.actions.keeping_shelves import ShelfKeeper
from layerhold.settings import Settings
from planning.model_engine import GraphDriver

PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver())
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def looks():
    return []


@pytest.fixture
def keeper(desk, looks):
    keeper = ShelfKeeper(desk)
    keeper.looked.connect(looks.append)
    return keeper


def names(shelves):
    return [[archive.path.name for archive in shelf.archives] for shelf in shelves]


def wait_for(qtbot, looks, expected):
    qtbot.waitUntil(lambda: bool(looks) and names(looks[-1]) == expected, timeout=PATIENCE_MS)


def test_a_folder_is_put_on_once_and_kept_for_the_next_start(qtbot, desk, keeper, looks, tmp_path):
    (tmp_path / "a.tar").touch()
    keeper.add([tmp_path, tmp_path])
    keeper.add([tmp_path])
    wait_for(qtbot, looks, [["a.tar"]])

    store = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    desk.settings.save(store)
    assert Settings.load(store).archive_folders == (str(tmp_path),)


def test_what_comes_grows_and_goes_is_seen(qtbot, keeper, looks, tmp_path):
    keeper.add([tmp_path])
    wait_for(qtbot, looks, [[]])
    with (tmp_path / "a.tar").open("wb") as file:
        wait_for(qtbot, looks, [["a.tar"]])
        file.write(b"x" * 1000)
    qtbot.waitUntil(lambda: looks[-1][0].archives[0].size == 1000, timeout=PATIENCE_MS)
    (tmp_path / "a.tar").unlink()
    wait_for(qtbot, looks, [[]])


def test_a_folder_taken_off_is_watched_no_more_and_keeps_its_files(qtbot, keeper, looks, tmp_path):
    (tmp_path / "a.tar").touch()
    keeper.add([tmp_path])
    wait_for(qtbot, looks, [["a.tar"]])
    keeper.remove(tmp_path)
    wait_for(qtbot, looks, [])
    assert keeper._watcher.directories() == []
    assert (tmp_path / "a.tar").exists()


def test_a_folder_that_comes_back_is_found_at_the_next_look(qtbot, keeper, looks, tmp_path):
    folder = tmp_path / "stick"
    keeper.add([folder])
    qtbot.waitUntil(lambda: bool(looks and looks[-1][0].problem), timeout=PATIENCE_MS)
    folder.mkdir()
    (folder / "a.tar").touch()
    keeper.look()
    wait_for(qtbot, looks, [["a.tar"]])
    (folder / "b.tar").touch()
    wait_for(qtbot, looks, [["a.tar", "b.tar"]])
