"""Run an image, and live with its containers, through the window on a real engine."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fakes.desks import when_open
from layerhold.dialogs.container_log import ContainerLog
from layerhold.domain.containers import State
from layerhold.jobs.job import Outcome
from layerhold.library import Phase
from layerhold.views.details.container_wishes import Wish
from live.images import Sketch, busybox, write_archive

pytestmark = pytest.mark.live

SHELL = Sketch((busybox(),), ("shell:1",), cmd=("/bin/sh",))
PATIENCE_MS = 30_000


@pytest.fixture
def startup(qtbot, open_window, dockerd, tmp_path):
    dockerd.load(write_archive(tmp_path / "shell.tar", (SHELL,)))
    startup = open_window(dockerd.url)
    qtbot.waitUntil(lambda: startup.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    return startup


@pytest.fixture
def window(startup):
    (image_id,) = startup.library.images
    startup.window.images.select(image_id)
    startup.window.details.open_tab("Used by")
    return startup.window


def run(qtbot, window, *, command, name):
    def act(dialog):
        qtbot.waitUntil(lambda: dialog.form is not None, timeout=PATIENCE_MS)
        qtbot.keyClicks(dialog.form.name.edit, name)
        dialog.form.command.edit.selectAll()
        qtbot.keyClicks(dialog.form.command.edit, command)
        dialog.form.network.setCurrentIndex(dialog.form.network.findData("none"))
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    when_open(act)
    window.commands.run.trigger()


def container(startup, name):
    return next((each for each in startup.library.containers if each.name == name), None)


def state(startup, name):
    found = container(startup, name)
    return found.state if found else None


def press(qtbot, window, wish):
    button = window.details.tabs.parts.used_by.buttons[wish]
    qtbot.waitUntil(button.isEnabled, timeout=PATIENCE_MS)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def says(qtbot, window, text):
    qtbot.waitUntil(lambda: window.notices.text.startswith(text), timeout=PATIENCE_MS)


def test_a_program_that_fails_at_once_is_not_said_to_run(qtbot, window):
    run(qtbot, window, command="/bin/sh -c 'exit 3'", name="brief")
    says(qtbot, window, "brief, a container of shell:1, has ended with code 3.")


def test_a_container_runs_is_read_stopped_started_committed_and_removed(qtbot, startup, window):
    run(qtbot, window, command="/bin/sh -c 'echo hello; echo worse >&2; sleep 600'", name="web")
    qtbot.waitUntil(lambda: state(startup, "web") is State.RUNNING, timeout=PATIENCE_MS)
    says(qtbot, window, "web runs, a container of shell:1.")

    press(qtbot, window, Wish.LOG)
    (log,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ContainerLog)]
    # An engine takes the two streams in any order.
    written = {"hello", "worse"}
    qtbot.waitUntil(
        lambda: set(log.text.toPlainText().splitlines()) == written, timeout=PATIENCE_MS
    )
    assert log.state.text() == "Following"
    log.close()

    def name_it(dialog):
        qtbot.keyClicks(dialog.name.edit, "made:1")
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    when_open(name_it)
    press(qtbot, window, Wish.COMMIT)
    qtbot.waitUntil(lambda: len(startup.library.images) == 2, timeout=PATIENCE_MS)
    assert "made:1" in {tag for image in startup.library.images.values() for tag in image.tags}

    press(qtbot, window, Wish.STOP)
    qtbot.waitUntil(lambda: state(startup, "web") is State.EXITED, timeout=PATIENCE_MS)
    press(qtbot, window, Wish.START)
    qtbot.waitUntil(lambda: state(startup, "web") is State.RUNNING, timeout=PATIENCE_MS)
    when_open(lambda dialog: qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton))
    press(qtbot, window, Wish.REMOVE)
    qtbot.waitUntil(lambda: container(startup, "web") is None, timeout=PATIENCE_MS)


def test_a_program_that_is_not_there_is_told_and_leaves_no_container(qtbot, startup, window):
    run(qtbot, window, command="/no/such/program", name="lost")
    qtbot.waitUntil(lambda: window.activity.model.jobs != (), timeout=PATIENCE_MS)
    (job,) = window.activity.model.jobs
    qtbot.waitUntil(lambda: not job.running, timeout=PATIENCE_MS)
    assert job.outcome is Outcome.FAILED
    assert "/no/such/program" in window.notices.text
    qtbot.waitUntil(lambda: container(startup, "lost") is None, timeout=PATIENCE_MS)
