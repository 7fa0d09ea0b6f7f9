import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt

from fakes.docker_api import DockerApi
from fakes.small_engine import SmallEngine
from layerhold.domain.errors import NotAnEngine
from layerhold.library import Phase
from layerhold.models.columns import NUMBERS
from layerhold.planning.ordering import Column

PATIENCE_MS = 10_000
IMAGES = json.dumps([{"Id": "sha256:aa", "RepoTags": ["nginx:1"], "Created": 1, "Size": 5}])


@pytest.fixture
def api():
    # A socket's path may have a hundred letters only, which pytest's own folders often use up.
    with TemporaryDirectory(prefix="lh") as folder:
        api = DockerApi(Path(folder) / "engine.sock")
        api.answer("GET", "/images/json", IMAGES)
        api.answer("GET", "/containers/json", "[]")
        api.speak("GET", "/events", api.wait)
        yield api
        api.close()


def test_the_first_rows_come_from_the_question_asked_before(qtbot, open_window, api):
    startup = open_window(api.url)
    qtbot.waitUntil(lambda: "sha256:aa" in startup.library.images, timeout=PATIENCE_MS)


@pytest.mark.parametrize("answer", ["<html>no</html>", '[{"Id":', '[{"Id": 5}]', "{}"])
@pytest.mark.parametrize("path", ["/images/json", "/containers/json"])
def test_lists_that_cannot_be_read_are_told(qtbot, open_window, api, path, answer):
    api.answer("GET", path, answer)
    startup = open_window(api.url)
    library = startup.library

    qtbot.waitUntil(lambda: library.connection.phase is Phase.NONE, timeout=PATIENCE_MS)
    assert isinstance(library.connection.problem, NotAnEngine)
    assert library.connection.about is None
    assert startup.window.no_engine.isVisible()


def test_what_could_not_be_read_is_read_when_it_can_be(qtbot, open_window, api):
    api.answer("GET", "/images/json", "<html>")
    startup = open_window(api.url)
    library = startup.library
    qtbot.waitUntil(lambda: library.connection.phase is Phase.NONE, timeout=PATIENCE_MS)

    api.answer("GET", "/images/json", IMAGES)
    startup.window.no_engine.look_again_wanted.emit()
    qtbot.waitUntil(lambda: "sha256:aa" in library.images, timeout=PATIENCE_MS)
    assert library.connection.phase is Phase.LIVE


def test_a_current_context_of_no_use_is_told_once_and_the_next_engine_shown(
    qtbot, open_window, api, home
):
    (home / ".docker").mkdir()
    (home / ".docker/config.json").write_text('{"currentContext": "ghost"}')
    (home / ".rd").mkdir()
    (home / ".rd/docker.sock").symlink_to(api.url.removeprefix("unix://"))

    startup = open_window()
    library, told = startup.library, lambda: startup.window.notices.text
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)

    assert library.connection.endpoint.name == "Rancher Desktop"
    assert "“ghost” cannot be used" in told()
    assert told().endswith("Layerhold shows Rancher Desktop instead.")

    startup.window.notices.dismiss()
    startup.window.commands.look_again.trigger()
    qtbot.waitUntil(lambda: library.connection.phase is not Phase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    assert startup.window.notices.isHidden()


def test_where_the_engine_asked_for_fails_others_that_answer_are_offered(
    qtbot, open_window, api, home
):
    (home / ".rd").mkdir()
    (home / ".rd/docker.sock").symlink_to(api.url.removeprefix("unix://"))
    startup = open_window("unix:///nonexistent.sock")
    library = startup.library
    qtbot.waitUntil(lambda: library.connection.phase is Phase.NONE, timeout=PATIENCE_MS)
    others = startup.window.no_engine.others
    qtbot.waitUntil(others.isVisible, timeout=PATIENCE_MS)
    offered = [button.text() for button in others.buttons]
    assert offered == ["Show Rancher Desktop", "Show Embedded store"]

    qtbot.mouseClick(others.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    assert library.connection.endpoint.name == "Rancher Desktop"


def test_an_engine_that_falls_silent_is_told_until_it_answers(qtbot, open_window):
    with TemporaryDirectory(prefix="lh") as folder:
        engine = SmallEngine(Path(folder) / "engine.sock")
        engine.images = {"sha256:" + "a" * 64: []}
        engine.start()
        window = (startup := open_window(engine.url)).window
        library = startup.library
        qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: bool(library.images), timeout=PATIENCE_MS)

        engine.may_answer.clear()
        engine.may_greet.clear()
        window.commands.refresh.trigger()
        qtbot.waitUntil(lambda: library.connection.phase is Phase.SILENT, timeout=PATIENCE_MS)
        assert "does not answer" in window.windowTitle()
        assert "does not answer" in window.notices.text
        assert window.status.as_of_text

        engine.may_greet.set()
        engine.may_answer.set()
        qtbot.waitUntil(lambda: library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
        assert window.notices.isHidden()
        engine.stop()


def test_columns_and_panes_are_where_they_were_left(qtbot, open_window, api):
    platform, tag = NUMBERS[Column.PLATFORM], NUMBERS[Column.TAG]
    first = open_window(api.url)
    qtbot.waitUntil(lambda: first.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    columns = first.window.images.tree.columns
    {choice.text(): choice for choice in columns.menu().actions()}["Platform"].trigger()
    columns.moveSection(columns.visualIndex(tag), 0)
    columns.setSortIndicator(tag, Qt.SortOrder.AscendingOrder)
    first.window.commands.sidebar.trigger()
    first.window.close()

    second = open_window(api.url)
    qtbot.waitUntil(lambda: second.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    again = second.window.images.tree.columns
    assert again.isSectionHidden(platform)
    assert again.visualIndex(tag) == 0
    assert (again.sortIndicatorSection(), again.sortIndicatorOrder()) == (
        tag,
        Qt.SortOrder.AscendingOrder,
    )
    assert second.window.sidebar.isHidden()
    assert not second.window.commands.sidebar.isChecked()
