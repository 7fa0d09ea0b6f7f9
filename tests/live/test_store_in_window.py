"""A machine without an engine: the window on the embedded store, with a real registry."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from fakes.desks import when_open
from layerhold.actions.loading_images import load
from layerhold.application import Application
from layerhold.engine import kept
from layerhold.engine.about import Kind
from layerhold.engine.kept import Kept
from layerhold.engine.store import places
from layerhold.jobs.job import Outcome
from layerhold.library import Phase
from layerhold.models.activity_table import ACTION
from live import docker_registry
from live.images import Layer, Sketch, busybox

pytestmark = pytest.mark.live

PATIENCE_MS = 20_000
SYSTEM_SOCKETS = (Path("/var/run/docker.sock"), Path("/run/podman/podman.sock"))
APP = Sketch((busybox(), Layer("COPY app /srv", {"srv/app": b"a" * 5000})), ("app:1",))


@pytest.fixture(scope="module")
def registry():
    with docker_registry.running() as running:
        running.add("team/app:1", APP)
        yield running


@pytest.fixture
def guarded_by_tls():
    with docker_registry.running(tls=True) as running:
        running.add("app:1", APP)
        yield running


@pytest.fixture
def startup(qtbot, open_window):
    if any(socket.exists() for socket in SYSTEM_SOCKETS):
        pytest.skip("This machine has an engine.")
    startup = open_window()
    qtbot.waitUntil(lambda: startup.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: startup.findChild(Application) is not None)
    return startup


@pytest.fixture
def window(startup):
    return startup.window


@pytest.fixture
def desk(qtbot, startup):
    found = startup.findChild(Application).desk
    qtbot.waitUntil(lambda: found.engine is not None, timeout=PATIENCE_MS)
    return found


@pytest.fixture
def do(qtbot, window):
    """Trigger a command, act in its dialog, press the verb, and give the job once it has ended."""

    def run(command, act=lambda _dialog: None):
        model = window.activity.model
        before = len(model.jobs)

        def press(dialog):
            act(dialog)
            verb = dialog.verb if hasattr(dialog, "verb") else dialog.buttons.verb
            qtbot.waitUntil(verb.isEnabled, timeout=PATIENCE_MS)
            qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)

        when_open(press)
        command.trigger()
        qtbot.waitUntil(
            lambda: len(model.jobs) > before and not model.jobs[0].running, timeout=PATIENCE_MS
        )
        return model.jobs[0]

    return run


def tags(startup):
    return {tag for image in startup.library.images.values() for tag in image.tags}


def wait_for(qtbot, startup, *expected):
    qtbot.waitUntil(lambda: tags(startup) == set(expected), timeout=PATIENCE_MS)


def type_into(field, text):
    return lambda dialog: getattr(dialog, field).edit.setText(text)


def test_the_first_start_says_what_one_sees_and_how_to_go_on(qtbot, startup, window, desk):
    assert desk.engine.about.kind is Kind.STORE
    assert window.banner.isVisible()
    assert window.banner.mapTo(window, QPoint()).y() < window.images.mapTo(window, QPoint()).y()
    assert window.banner.text.startswith("No container engine answers.")
    assert {way.text() for way in window.banner.ways} >= {"Pull…", "Load…", "Install an engine…"}
    qtbot.waitUntil(lambda: window.engine_list.count() == 1)
    assert window.engine_list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Embedded store, shown"
    )
    assert window.commands.run.toolTip() == "The embedded store cannot run images"
    assert "Embedded store" in window.windowTitle()
    assert not startup.library.images


@pytest.fixture
def name(qtbot, startup, do, registry):
    """The tag of an image that was pulled, and is selected."""
    name = registry.reference("team/app:1")
    assert do(startup.window.commands.pull, type_into("name", name)).outcome is Outcome.SUCCEEDED
    wait_for(qtbot, startup, name)
    assert startup.window.images.select(name)
    return name


def test_an_image_that_was_pulled_is_looked_at(qtbot, window, name):
    details = window.details
    for tab in ("Layers", "Inspect", "Config", "Tags"):
        assert details.open_tab(tab)
        part = getattr(details.tabs.parts, tab.lower())
        qtbot.waitUntil(lambda part=part: part.tree.model().rowCount() > 0, timeout=PATIENCE_MS)
    for text, shown in (("nothing-like-it", 0), (name, 1)):
        window.filter.setText(text)
        assert window.images.shown == shown


def test_a_tag_is_given_pushed_and_taken(qtbot, startup, window, do, name, registry):
    other = registry.reference("team/app:2")
    assert do(window.commands.tag, type_into("name", other)).outcome is Outcome.SUCCEEDED
    wait_for(qtbot, startup, name, other)
    window.images.select(name)
    push = do(window.commands.push, lambda dialog: choose(dialog.what, other))
    assert push.outcome is Outcome.SUCCEEDED
    assert registry.digest("team/app:2") == registry.digest("team/app:1")

    window.details.untagging_wanted.emit(APP.id, name)
    wait_for(qtbot, startup, other)


def test_an_image_goes_to_an_archive_and_comes_back(qtbot, startup, desk, do, name, tmp_path):
    commands = startup.window.commands
    saved = do(commands.save, lambda dialog: dialog.target.folder.setText(str(tmp_path)))
    (archive,) = saved.files
    assert do(commands.remove).outcome is Outcome.SUCCEEDED
    wait_for(qtbot, startup)

    when_open(lambda dialog: press(qtbot, dialog))
    load(desk, [archive])
    wait_for(qtbot, startup, name)
    assert list(startup.library.images) == [APP.id]


def test_pruning_takes_all_images_and_leaves_no_byte(qtbot, startup, desk, do, name):
    def everything(dialog):
        assert dialog.options.all_unused.text() == "&All images"
        dialog.options.all_unused.setChecked(True)

    assert tags(startup) == {name}
    assert do(startup.window.commands.prune, everything).outcome is Outcome.SUCCEEDED
    wait_for(qtbot, startup)
    blobs = Path(desk.engine.about.root, "blobs/sha256")
    qtbot.waitUntil(lambda: not any(blobs.iterdir()), timeout=PATIENCE_MS)


def press(qtbot, dialog):
    qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)


def choose(box, text):
    number = next(at for at in range(box.count()) if text in box.itemText(at))
    box.setCurrentIndex(number)


def test_a_certificate_that_nobody_knows_can_be_trusted_from_the_job(
    qtbot, startup, window, do, guarded_by_tls
):
    name = guarded_by_tls.reference("app:1")
    failed = do(window.commands.pull, type_into("name", name))
    assert failed.outcome is Outcome.FAILED
    assert f"certificate of {guarded_by_tls.host} is not trusted" in window.notices.text
    assert failed.way_on.text == "Trust…"

    def trust(dialog):
        assert dialog.host == guarded_by_tls.host
        dialog.own.setChecked(True)
        dialog.authority.setText(str(guarded_by_tls.folder / "certificate.pem"))
        press(qtbot, dialog)

    when_open(trust)
    table = window.activity.table
    window.activity.open()
    place = table.visualRect(table.model().index(0, ACTION)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for(qtbot, startup, name)


def test_another_store_is_switched_to_and_remembered(qtbot, startup, window, tmp_path):
    other = places.named(str(tmp_path / "other"))
    window.engine_list.chosen.emit(other)
    qtbot.waitUntil(lambda: startup.library.connection.endpoint == other)
    path = kept.file(os.environ, Path.home())
    qtbot.waitUntil(path.exists)
    assert kept.read(path) == (Kept(chosen=other.url), None)
    assert not window.banner.isVisible()


def test_a_podman_that_does_not_start_says_why(qtbot, open_window, monkeypatch, tmp_path):
    program = tmp_path / "podman"
    program.write_text("#!/bin/sh\necho 'Error: no user namespaces' >&2\nexit 125\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    window = open_window().window
    qtbot.waitUntil(lambda: hasattr(window, "banner") and window.banner.isVisible())
    qtbot.waitUntil(window.commands.start_podman.isVisible)
    window.commands.start_podman.trigger()
    qtbot.waitUntil(lambda: "no user namespaces" in window.notices.text, timeout=PATIENCE_MS)
    assert window.commands.start_podman.isEnabled()
    assert window.commands.start_podman.text() == "&Start Podman"
