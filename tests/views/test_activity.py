from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from layerhold.domain.errors import DiskFull
from layerhold.domain.progress import LayerProgress, LayerState, Phase, Progress
from layerhold.jobs.job import Outcome, WayOn
from layerhold.jobs.lane import Lane
from layerhold.jobs.runner import JobRunner
from layerhold.models.activity_table import ACTION, FRACTION_ROLE, JOB, OUTCOME, PROGRESS, TIME
from layerhold.models.job_layers import STATE
from layerhold.views.activity import Activity


@pytest.fixture
def runner(qtbot):
    made = JobRunner()
    yield made
    made.cancel_all()
    qtbot.waitUntil(lambda: not made.running)


@pytest.fixture
def activity(qtbot, runner):
    made = Activity(runner)
    qtbot.addWidget(made)
    made.resize(1100, 260)
    made.show()
    return made


@pytest.fixture
def blocked(runner):
    """A job that runs until it is cancelled or let go."""
    go = Event()

    def work(context):
        context.report(Progress(1, 4, "items", "nginx:1"))
        while not go.wait(0.01):
            context.token.check()
        return "done"

    job = runner.start("Remove 4 items", work)
    job.let_go = go.set
    yield job
    go.set()


@pytest.fixture
def pulling(qtbot, runner, activity):
    """A pull of an image with a long name, until the end of the test."""
    del activity
    go, name = Event(), "registry.example:5000/team/service:1"
    layers = tuple(LayerProgress(f"{n:012}", state) for n, state in enumerate(LayerState))

    def work(context):
        half = Progress(5, 10, "bytes", name, Phase.DOWNLOADING, 8e6, 3, layers)
        context.report(half)
        go.wait(10)

    job = runner.start(f"Pull {name}", work)
    qtbot.waitUntil(lambda: job.progress is not None)
    yield job
    go.set()


def test_what_is_pulled_is_named_once(pulling, activity):
    assert text(activity, 0, PROGRESS) == "5 of 10 B · 8 MB/s · 3 s left"
    assert activity.line.text.startswith(f"{pulling.title} · 5 of 10 B · 8 MB/s · 3 s left · ")
    assert activity.line.text.count("team/service:1") == 1


def test_every_state_of_a_layer_has_room(pulling, activity):
    activity.open()
    activity.show_job(pulling)
    layers = activity.details.layers
    widest = max(
        layers.sizeHintForIndex(layers.rows.index(row, STATE)).width() for row in range(14)
    )
    assert widest <= layers.columnWidth(STATE)


def fail(_context):
    raise DiskFull("app:2", "no space left on device")


def text(activity, row, column):
    return activity.model.index(row, column).data()


def click(qtbot, activity, row, column):
    place = activity.table.visualRect(activity.model.index(row, column)).center()
    qtbot.mouseClick(activity.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_running_job_shows_how_far_it_is(activity, blocked, qtbot):
    qtbot.waitUntil(lambda: blocked.progress is not None)
    assert activity.table.accessibleName() == "Activity"
    assert text(activity, 0, JOB) == "Remove 4 items"
    assert text(activity, 0, PROGRESS) == "1 of 4 · nginx:1"
    assert activity.model.index(0, PROGRESS).data(FRACTION_ROLE) == 0.25
    assert text(activity, 0, OUTCOME) == "Running"
    blocked.let_go()
    qtbot.waitUntil(lambda: text(activity, 0, OUTCOME) == "Done")


def test_a_click_cancels(activity, blocked, qtbot):
    activity.open()
    assert text(activity, 0, ACTION) == "Cancel"
    click(qtbot, activity, 0, ACTION)
    qtbot.waitUntil(lambda: blocked.outcome is Outcome.CANCELLED)
    assert text(activity, 0, OUTCOME) == "Cancelled"


def test_delete_cancels_although_the_window_has_its_own(activity, blocked, qtbot):
    activity.show_job(blocked)
    qtbot.keyClick(activity.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: blocked.outcome is Outcome.CANCELLED)


def test_the_line_cancels_the_job_that_it_shows(activity, blocked, qtbot):
    qtbot.mouseClick(activity.line.canceller, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: blocked.outcome is Outcome.CANCELLED)
    assert not activity.line.canceller.isVisible()


def test_time_is_only_shown_going_by_while_a_job_runs(activity, blocked, qtbot):
    assert activity.ticking
    activity.hide()
    assert not activity.ticking
    activity.show()
    assert activity.ticking
    blocked.let_go()
    qtbot.waitUntil(lambda: not blocked.running)
    assert not activity.ticking


def test_a_failure_can_be_read_copied_and_tried_again(activity, runner, qtbot):
    job = runner.start("Tag app:2", fail)
    qtbot.waitUntil(lambda: not job.running)
    assert text(activity, 0, OUTCOME) == "Failed"
    assert text(activity, 0, ACTION) == "Copy details"
    activity.show_job(job)
    assert "The disk of the engine is full." in activity.details.text.toPlainText()
    assert "no space left on device" in activity.details.text.toPlainText()
    qtbot.keyClick(activity.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == activity.details.text.toPlainText()
    again = []
    job.retry = lambda: again.append(1)
    assert text(activity, 0, ACTION) == "Retry"
    click(qtbot, activity, 0, ACTION)
    assert again == [1]


def test_the_menu_offers_what_makes_sense(activity, blocked):
    menu = activity.table.menu(blocked)
    offered = {action.text().replace("&", ""): action.isEnabled() for action in menu.actions()}
    assert offered == {"Cancel": True, "Retry": False, "Copy details": True}


def test_quiet_jobs_are_housekeeping(activity, runner, qtbot):
    job = runner.start("List images", lambda _: None, quiet=True)
    with qtbot.waitSignal(job.settled):
        pass
    assert activity.model.rowCount() == 0


def test_finished_jobs_can_be_forgotten(activity, blocked, runner, qtbot):
    job = runner.start("Tag app:2", fail)
    qtbot.waitUntil(lambda: not job.running)
    assert activity.model.rowCount() == 2
    qtbot.mouseClick(activity.line.clearer, Qt.MouseButton.LeftButton)
    assert activity.model.jobs == (blocked,)


def test_the_line_opens_the_table(activity, qtbot):
    assert not activity.table.isVisible()
    qtbot.mouseClick(activity.line.opener, Qt.MouseButton.LeftButton)
    assert activity.table.isVisible()
    qtbot.mouseClick(activity.line.opener, Qt.MouseButton.LeftButton)
    assert not activity.table.isVisible()


def test_every_cell_can_be_painted(activity, runner, qtbot):
    runner.start("Busy", lambda context: context.token.check() or Event().wait(0.3))
    job = runner.start("Tag app:2", fail)
    qtbot.waitUntil(lambda: not job.running)
    activity.open()
    assert not activity.grab().isNull()


def test_a_job_that_waits_for_its_turn_says_so_and_can_be_cancelled(
    activity, runner, blocked, qtbot
):
    lane = Lane(0, runner)
    waiting = runner.start("Pull app:2", lambda _: None, lane=lane)
    activity.open()
    assert text(activity, 0, OUTCOME) == "Waiting"
    assert text(activity, 0, TIME) == "0.0 s"
    assert "Remove 4 items" in activity.line.text
    click(qtbot, activity, 0, ACTION)
    qtbot.waitUntil(lambda: waiting.outcome is Outcome.CANCELLED)
    assert blocked.running


def test_a_way_on_is_offered_in_place_of_trying_again(activity, runner, qtbot):
    taken = []
    job = runner.start("Push app:2", fail)
    job.retry = lambda: taken.append("retry")
    job.failed.connect(lambda _: setattr(job, "way_on", WayOn("Log in…", lambda: taken.append(1))))
    qtbot.waitUntil(lambda: not job.running)
    activity.show_job(job)
    assert text(activity, 0, ACTION) == "Log in…"
    click(qtbot, activity, 0, ACTION)
    qtbot.keyClick(activity.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert taken == [1, "retry"]


def test_the_layers_of_a_running_job_are_shown_and_its_end_in_words(activity, runner, qtbot):
    go = Event()

    def pull(context):
        layers = (
            LayerProgress("sha256:" + "a" * 64, LayerState.EXISTS),
            LayerProgress("b" * 12, LayerState.DOWNLOADING, 4_100_000, 66_000_000),
        )
        pace = {"rate": 8e6, "seconds_left": 7.7, "share": 0.05}
        context.report(Progress(4_100_000, 66_000_000, "bytes", layers=layers, **pace))
        go.wait(5)

    job = runner.start("Pull app:2", pull)
    activity.show_job(job)
    rows = activity.details.layers.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 2)
    shown = [[rows.index(row, column).data() for column in range(3)] for row in range(2)]
    assert shown == [
        ["a" * 12, "Already exists", ""],
        ["b" * 12, "Downloading", "4.1 of 66 MB"],
    ]
    assert text(activity, 0, PROGRESS) == "4.1 of 66 MB · 8 MB/s · 8 s left"
    assert activity.model.index(0, PROGRESS).data(FRACTION_ROLE) == 0.05
    assert activity.details.layers.isVisible()
    assert not activity.grab().isNull()
    go.set()
    qtbot.waitUntil(lambda: activity.details.text.isVisible())
    assert "Done" in activity.details.text.toPlainText()


def test_the_newest_job_is_the_current_one_until_the_user_chooses_another(activity, runner, qtbot):
    activity.open()
    first = runner.start("First", lambda _: None)
    second = runner.start("Second", lambda _: None)
    assert activity.table.job is second

    click(qtbot, activity, 1, JOB)
    runner.start("Third", lambda _: None)
    runner.start("Fourth", lambda _: None)
    assert activity.table.job is first
    assert activity.line.opener.text() == "Activity · 2 new"

    click(qtbot, activity, 0, JOB)
    assert activity.table.job.title == "Fourth"
    assert activity.line.opener.text() == "Activity"


def test_what_takes_the_place_of_a_cleared_job_is_no_choice(activity, runner, qtbot, blocked):
    activity.open()
    done = runner.start("Done", lambda _: None)
    qtbot.waitUntil(lambda: not done.running)
    click(qtbot, activity, 1, JOB)
    click(qtbot, activity, 0, JOB)

    qtbot.mouseClick(activity.line.clearer, Qt.MouseButton.LeftButton)
    assert activity.table.job is blocked
    newer = runner.start("Newer", lambda _: None)
    assert activity.table.job is newer
