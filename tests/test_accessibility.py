"""Every control of the window and of each dialog: a name, a tooltip, and a way by keyboard."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from fakes.desks import when_open
from fakes.docker_api import DockerApi
from fakes.walking import action_complaints, complaints
from layerhold.actions import containers
from layerhold.command_line import DIALOGS, TABS
from layerhold.dialogs.container_log import ContainerLog
from layerhold.dialogs.failure import FailureDialog
from layerhold.dialogs.log_out import LogOutDialog
from layerhold.dialogs.quit import QuitDialog
from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.library import Connection, Phase
from layerhold.registry.places import Keeper, KnownLogin, Place

PATIENCE_MS = 15_000
ID = "sha256:" + "a" * 64
IMAGES = [{"Id": ID, "RepoTags": ["app:1", "app:2"], "Created": 1, "Size": 5}]
USERS = [
    {"Id": "c" * 64, "Names": ["/web"], "Image": "app:1", "ImageID": ID, "State": "running"},
]
INSPECT = {"Id": ID, "RepoTags": ["app:1"], "Config": {}, "RootFS": {"Layers": ["sha256:b"]}}
HISTORY = [{"Id": ID, "Created": 1, "CreatedBy": "COPY a b", "Size": 5, "Comment": ""}]


@pytest.fixture
def api():
    # A socket's path may have a hundred letters only, which pytest's own folders often use up.
    with TemporaryDirectory(prefix="lh") as folder:
        api = DockerApi(Path(folder) / "engine.sock")
        api.answer("GET", "/images/json", IMAGES)
        api.answer("GET", "/containers/json", USERS)
        api.answer("GET", f"/images/{ID}/json", INSPECT)
        api.answer("GET", f"/images/{ID}/history", HISTORY)
        api.answer("GET", "/networks", [])
        api.answer("GET", "/system/df", {"LayersSize": 5, "BuildCache": []})
        api.speak("GET", "/events", api.wait)
        yield api
        api.close()


@pytest.fixture
def running(qtbot, open_window, api):
    """The program with an image selected, and every tab opened once."""
    startup = open_window(api.url)
    with qtbot.waitSignal(startup.ready, timeout=PATIENCE_MS) as ready:
        pass
    application = ready.args[0]
    window = application.window
    qtbot.waitUntil(lambda: application.desk.engine is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(window.images.shown), timeout=PATIENCE_MS)
    assert window.images.select("app:1")
    for tab in TABS:
        assert window.details.open_tab(tab)
    return application


def shown_by(qtbot, act):
    """What the dialog that `act` opens is short of."""
    found = []

    def look(dialog):
        found.append([*complaints(dialog)])
        found[-1] += [] if dialog.windowTitle() else ["The dialog has no title"]
        dialog.reject()

    when_open(look)
    act()
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    return found[0]


def test_every_control_of_the_window(running):
    window = running.window
    window.activity.open()
    window.notices.warn("It went wrong.", "Try again.", "Details", lambda: None)
    for tab in TABS:
        window.details.open_tab(tab)
        assert "\n".join(complaints(window)) == ""


def test_every_control_where_no_engine_answers(running):
    nothing = Connection(
        Phase.NONE, problem=EngineUnreachable("unix:///a", why=Unreachability.NO_SOCKET)
    )
    running.library.show_connection(nothing)
    assert running.window.no_engine.isVisible()
    assert "\n".join(complaints(running.window)) == ""


def test_every_entry_of_the_menus(running):
    bar = running.window.menuBar()
    menus = [action.menu() for action in bar.actions()]
    assert "\n".join(said for menu in menus for said in action_complaints(menu)) == ""


def test_no_two_commands_share_a_key(running):
    actions = {it for it in running.window.findChildren(QAction) if not in_pop_up(it)}
    keys = Counter(key.toString() for action in actions for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []


def in_pop_up(action):
    """Of a context menu, whose keys belong to the list below it."""
    return isinstance(action.parent(), QMenu)


def test_no_two_entries_of_a_menu_share_a_letter(running):
    for top in running.window.menuBar().actions():
        letters = Counter(
            text[text.index("&") + 1].lower()
            for action in top.menu().actions()
            if "&" in (text := action.text().replace("&&", ""))
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], top.text()


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_that_a_command_opens(qtbot, running, name):
    command = getattr(running.window.commands, name, None)
    command = command or getattr(running.window.commands, f"{name}_")
    assert shown_by(qtbot, command.trigger) == []


def test_every_dialog_about_a_container(qtbot, running):
    (user,) = running.library.users(ID)
    desk = running.desk
    assert shown_by(qtbot, lambda: containers.commit(desk, user)) == []
    assert shown_by(qtbot, lambda: containers.remove_container(desk, user)) == []
    job = running.runner.start("Log", lambda _context: None, quiet=True)
    log = ContainerLog(running.window, user, job)
    assert [*complaints(log)] == []
    log.reject()


def test_every_dialog_that_comes_by_itself(qtbot, running, home):
    window = running.window
    login = KnownLogin("r.example", "me", Place(Keeper.CONFIG, str(home)))
    for act in (
        lambda: QuitDialog.ask(window, 2),
        lambda: FailureDialog.ask(window, KeyError("x"), home),
        lambda: LogOutDialog.ask(window, login),
    ):
        assert shown_by(qtbot, act) == []
    QApplication.processEvents()
