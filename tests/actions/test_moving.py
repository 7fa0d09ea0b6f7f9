"""Pull and push with a registry in memory."""

from threading import Event

import pytest
from PySide6.QtCore import Qt

from fakes.credential_helpers import Shelf
from fakes.desks import desk_over, when_open
from layerhold.actions import moving
from layerhold.dialogs.pull import PullDialog
from layerhold.dialogs.push import PushDialog
from layerhold.domain.registry_errors import OutOfOrder
from layerhold.jobs.job import Outcome
from layerhold.registry.credentials import Credentials
from layerhold.wording.details import details
from layerhold.wording.progress import line
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")
TAGS = ["r.example/app:0", "r.example/app:1", "r.example/app:2"]
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver().add(A, [*TAGS, "a:1"]).add(B, ["b:1", "r.example/b:2"]))
    qtbot.addWidget(desk.window)
    yield desk
    desk.runner.cancel_all()
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def job(desk):
    """The newest job of those that the user sees."""
    started = []
    desk.runner.started.connect(lambda job: None if job.quiet else started.append(job))
    return lambda: started[-1]


def ended(qtbot, job):
    qtbot.waitUntil(lambda: not job.running, timeout=PATIENCE_MS)
    return details(job)


def push(qtbot, desk, choose):
    def act(dialog):
        assert isinstance(dialog, PushDialog)
        choose(dialog)
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    when_open(act)
    moving.push(desk, A)


def every_tag(dialog):
    dialog.what.setCurrentText("All 3 tags of r.example/app")


def new_name(reference):
    def name_it(dialog):
        dialog.what.setCurrentIndex(dialog.what.count() - 1)
        dialog.name.edit.setText(reference)

    return name_it


def fails_at(number, error, call="pushing"):
    """Let the call of that number fail."""
    left = [number]

    def strike(name):
        if name == call:
            left[0] -= 1
            if not left[0]:
                raise error

    return strike


def test_of_several_tags_each_has_its_fate_told(qtbot, desk, job):
    desk.engine.before_each_call = fails_at(2, OutOfOrder(TAGS[1], "r.example", "500"))
    push(qtbot, desk, every_tag)

    lines = ended(qtbot, job()).splitlines()

    assert job().outcome is Outcome.FAILED
    assert lines[0] == "Push 3 tags of r.example/app"
    told = lines[lines.index("Pushed:") :]
    assert told[1] == TAGS[0]
    assert told[2].startswith("  Digest: sha256:")
    assert told[-4:] == ["Not pushed:", TAGS[1], "Not begun:", TAGS[2]]


def test_a_push_that_is_cancelled_tells_what_is_done(qtbot, desk, job):
    arrived, go = Event(), Event()

    def wait(name):
        if name == "pushing":
            arrived.set()
            go.wait(PATIENCE_MS / 1000)

    desk.engine.before_each_call = wait
    push(qtbot, desk, every_tag)
    qtbot.waitUntil(arrived.is_set, timeout=PATIENCE_MS)
    job().cancel()
    go.set()

    said = ended(qtbot, job())

    assert job().outcome is Outcome.CANCELLED
    assert "The engine was told to stop." in said
    assert f"Not pushed:\n{TAGS[1]}\nNot begun:\n{TAGS[2]}" in said


def test_a_helper_that_says_nothing_is_what_is_waited_for(qtbot, desk, job, tmp_path):
    (tmp_path / "config.json").write_text('{"credsStore": "tests"}')
    shelf = Shelf(tmp_path)
    shelf.install("tests", "import time; time.sleep(60)")
    desk.logins = Credentials(tmp_path, shelf.environ, tmp_path / "logins.json")
    push(qtbot, desk, every_tag)

    qtbot.waitUntil(lambda: job().progress is not None, timeout=PATIENCE_MS)

    told = "Push 3 tags of r.example/app · Looking for the login"
    assert line(job()).startswith(told)
    job().cancel()
    ended(qtbot, job())


def test_a_registry_that_says_nothing_is_what_is_waited_for(qtbot, desk, job):
    arrived, go = Event(), Event()

    def wait(name):
        if name == "push":
            arrived.set()
            go.wait(PATIENCE_MS / 1000)

    desk.engine.before_each_call = wait
    push(qtbot, desk, every_tag)
    qtbot.waitUntil(arrived.is_set, timeout=PATIENCE_MS)
    connecting = "Push 3 tags of r.example/app · Connecting"
    qtbot.waitUntil(lambda: line(job()).startswith(connecting), timeout=PATIENCE_MS)
    go.set()


def test_a_new_tag_stays_although_it_could_not_be_pushed(qtbot, desk, job):
    desk.engine.before_each_call = fails_at(1, OutOfOrder("r.example/b:2", "r.example", "500"))
    push(qtbot, desk, new_name("r.example/b:2"))

    said = ended(qtbot, job())

    assert "The image keeps the tag r.example/b:2 on the engine." in said
    assert f"{'b' * 12} had this tag before, and has lost it." in said


def test_all_tags_that_have_moved_are_named(qtbot, desk, job):
    desk.engine.registry.images |= {TAGS[0]: A, TAGS[1]: B, TAGS[2]: B}

    def act(dialog):
        assert isinstance(dialog, PullDialog)
        dialog.name.edit.setText("r.example/app")
        dialog.all_tags.click()
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    when_open(act)
    moving.pull(desk)
    ended(qtbot, job())

    assert desk.notices.text == (
        f"Pulled 3 tags. {TAGS[1]}, {TAGS[2]} have moved away from other images."
    )
