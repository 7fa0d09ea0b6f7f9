"""Pull, push and log in through the window, with a real engine and a real registry."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from fakes.desks import when_open
from layerhold.dialogs.login import LoginDialog
from layerhold.dialogs.pull import PullDialog
from layerhold.jobs.job import Outcome
from layerhold.library import Phase
from layerhold.models.activity_table import ACTION
from live import docker_registry
from live.docker_registry import PASSWORD, USER
from live.images import Layer, Sketch, busybox, write_archive

pytestmark = pytest.mark.live

OLD = Sketch((busybox(),), ("app:1",))
NEW = Sketch((busybox(), Layer("COPY app /srv", {"srv/app": b"a" * 5000})), ("app:2",))
PATIENCE_MS = 20_000


@pytest.fixture
def registry():
    with docker_registry.running(password=True) as running:
        yield running


@pytest.fixture
def startup(qtbot, open_window, dockerd, tmp_path):
    dockerd.load(write_archive(tmp_path / "old.tar", (OLD,)))
    startup = open_window(dockerd.url)
    qtbot.waitUntil(lambda: startup.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    return startup


@pytest.fixture
def window(startup):
    return startup.window


@pytest.fixture
def ended(qtbot, startup):
    """The newest job of those that the user sees, once it has ended."""

    def newest():
        jobs = startup.window.activity.model.jobs
        qtbot.waitUntil(lambda: jobs and not jobs[0].running, timeout=PATIENCE_MS)
        return jobs[0]

    return newest


def log_in(qtbot, secret):
    """Fill in the dialog, and wait for the registry's answer."""

    def act(dialog):
        assert isinstance(dialog, LoginDialog)
        assert dialog.secret.echoMode() is dialog.secret.EchoMode.Password
        qtbot.keyClicks(dialog.user, USER)
        qtbot.keyClicks(dialog.secret, secret)
        qtbot.waitUntil(lambda: dialog.keeper.asks, timeout=PATIENCE_MS)
        in_config = next(iter(dialog.keeper.options))
        qtbot.mouseClick(in_config, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    return act


def log_in_by_menu(qtbot, window, host):
    def fill_in(dialog):
        dialog.registry.edit.setText(host)
        log_in(qtbot, PASSWORD)(dialog)

    when_open(fill_in)
    window.commands.log_in.trigger()
    qtbot.waitUntil(lambda: window.logins.count() == 1, timeout=PATIENCE_MS)


def press_action(qtbot, window):
    table = window.activity.table
    window.activity.open()
    place = table.visualRect(table.model().index(0, ACTION)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def pull(qtbot, window, reference):
    def act(dialog):
        assert isinstance(dialog, PullDialog)
        qtbot.keyClicks(dialog.name.edit, reference)
        qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Return)

    when_open(act)
    window.commands.pull.trigger()


def test_a_pull_that_needs_a_login_offers_it_and_goes_on(
    qtbot, startup, window, ended, registry, home
):
    digest = registry.add("team/app:2", NEW)
    pull(qtbot, window, registry.reference("team/app:2"))
    assert ended().outcome is Outcome.FAILED
    assert f"{registry.host} wants a login" in window.notices.text

    when_open(log_in(qtbot, PASSWORD))
    assert window.notices.action.text() == "Log in…"
    qtbot.mouseClick(window.notices.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.activity.model.jobs) == 3, timeout=PATIENCE_MS)
    job = ended()

    assert job.outcome is Outcome.SUCCEEDED
    assert window.notices.text == f"Pulled {registry.reference('team/app:2')}."
    assert job.result.images[0].digest == digest
    qtbot.waitUntil(lambda: len(startup.library.images) == 2, timeout=PATIENCE_MS)
    kept = json.loads((home / ".docker/config.json").read_text())
    assert list(kept["auths"]) == [registry.host]
    assert window.logins.item(0).text() == registry.host
    shown = "".join(window.activity.details.text.toPlainText())
    assert PASSWORD not in shown
    assert PASSWORD not in repr(job.result)


def test_a_wrong_password_is_told_in_the_dialog_and_nothing_is_kept(qtbot, window, registry, home):
    said = []

    def try_in_vain(dialog):
        dialog.registry.edit.setText(registry.host)
        log_in(qtbot, "wrong")(dialog)
        qtbot.waitUntil(dialog.failure.isVisible, timeout=PATIENCE_MS)
        said.append(dialog.failure.text())
        assert dialog.secret.isEnabled()
        dialog.reject()

    when_open(try_in_vain)
    window.commands.log_in.trigger()
    assert "does not accept the user name or the password" in said[0]
    assert "wrong" not in said[0].replace("may be wrong", "")
    assert not (home / ".docker/config.json").exists()
    assert window.logins.count() == 0


def test_pushing_under_a_new_name_gives_the_digest_and_logging_out_forgets(
    qtbot, startup, window, ended, registry, home
):
    (image_id,) = startup.library.images

    log_in_by_menu(qtbot, window, registry.host)

    def name_it(dialog):
        dialog.what.setCurrentIndex(dialog.what.count() - 1)
        qtbot.keyClicks(dialog.name.edit, registry.reference("shop/app:1"))
        assert dialog.to.text() == f"Goes to {registry.host}."
        qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Return)

    window.images.select(image_id)
    when_open(name_it)
    window.commands.push.trigger()
    job = ended()
    assert job.outcome is Outcome.SUCCEEDED, job.error
    digest = registry.digest("shop/app:1")
    press_action(qtbot, window)
    assert QGuiApplication.clipboard().text() == f"{registry.reference('shop/app:1')}@{digest}"
    qtbot.waitUntil(
        lambda: registry.reference("shop/app:1") in startup.library.images[image_id].tags,
        timeout=PATIENCE_MS,
    )

    window.logins.setCurrentRow(0)
    when_open(lambda dialog: qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton))
    window.commands.log_out.trigger()
    qtbot.waitUntil(lambda: window.logins.count() == 0, timeout=PATIENCE_MS)
    assert json.loads((home / ".docker/config.json").read_text()).get("auths", {}) == {}


def test_the_dialog_says_what_the_registry_has(qtbot, startup, window, ended):
    with docker_registry.running() as registry:
        registry.add("multi:1", NEW, Sketch(NEW.layers, ("multi:1",), architecture="arm64"))
        said = []

        def look(dialog):
            dialog.name.edit.setText(registry.reference("multi:1"))
            qtbot.waitUntil(lambda: "has it for" in dialog.remote.text(), timeout=PATIENCE_MS)
            said.append(dialog.remote.text())
            offered = [dialog.platform.itemText(at) for at in range(1, dialog.platform.count())]
            assert offered == ["linux/amd64", "linux/arm64"]
            qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

        when_open(look)
        window.commands.pull.trigger()
        assert said == ["The registry has it for linux/amd64, linux/arm64."]
        assert ended().outcome is Outcome.SUCCEEDED
        qtbot.waitUntil(lambda: len(startup.library.images) == 2, timeout=PATIENCE_MS)
