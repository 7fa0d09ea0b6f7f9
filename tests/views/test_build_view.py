from dataclasses import replace
from queue import Queue

import pytest
from PySide6.QtCore import Qt

from layerhold.domain.build_errors import BuildFailed
from layerhold.domain.building import BuildProgress, BuildStep, StepState
from layerhold.jobs.runner import JobRunner
from layerhold.models.activity_table import FRACTION_ROLE, PROGRESS
from layerhold.models.build_steps import LOG_ROW, STATE, STEP
from layerhold.views.activity import OPEN_HEIGHT, Activity

DONE = BuildStep("COPY a /", StepState.DONE, 1, 3, line=2, started=1.0, seconds=0.5)
RUNNING = BuildStep("RUN make", StepState.RUNNING, 2, 3, line=3, started=2.0, output=("cc a.c",))
WAITING = BuildStep("RUN test", StepState.WAITING, 3, 3, line=4)
PATIENCE_MS = 10_000


class Site:
    """A build that goes on when it is told to."""

    def __init__(self, qtbot, runner):
        self._qtbot, self._runner = qtbot, runner
        self._orders = Queue()
        self.job = runner.start("Build app:1", self._work)

    def _work(self, context):
        while act := self._orders.get(timeout=PATIENCE_MS / 1000):
            act(context)
        return "built"

    def do(self, act):
        self._orders.put(act)

    def show(self, *steps):
        snapshot = BuildProgress(steps)
        self.do(lambda context: context.show(snapshot))
        self._qtbot.waitUntil(lambda: self.job.progress is snapshot, timeout=PATIENCE_MS)

    def end(self, error=None):
        def fail(_context):
            raise error

        self.do(fail if error else None)
        self._qtbot.waitUntil(lambda: not self.job.running, timeout=PATIENCE_MS)


@pytest.fixture
def activity(qtbot):
    runner = JobRunner()
    made = Activity(runner)
    made.runner = runner
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    yield made
    runner.cancel_all()


@pytest.fixture
def site(qtbot, activity):
    site = Site(qtbot, activity.runner)
    activity.show_job(site.job)
    yield site
    if site.job.running:
        site.job.cancel()
        site.do(lambda context: context.token.check())
        qtbot.waitUntil(lambda: not site.job.running, timeout=PATIENCE_MS)


@pytest.fixture
def view(activity):
    return activity.details.build


def current(view):
    return view.table.currentIndex().row()


def test_the_step_that_runs_is_shown_with_what_it_writes(activity, site, view):
    site.show(DONE, RUNNING, WAITING)
    assert view.isVisible()
    assert [view.rows.index(row, STATE).data() for row in (1, 2, 3)] == [
        "Done",
        "Running",
        "Waiting",
    ]
    assert current(view) == 2
    assert view.output.toPlainText().endswith("Line 3 of the Dockerfile\n\ncc a.c")
    site.show(DONE, replace(RUNNING, output=("cc a.c", "cc b.c")), WAITING)
    assert view.output.toPlainText().endswith("cc a.c\ncc b.c")
    assert activity.model.index(0, PROGRESS).data() == "1 of 3 · [2/3] RUN make"
    assert activity.model.index(0, PROGRESS).data(FRACTION_ROLE) == pytest.approx(1 / 3)


def test_a_build_gets_more_room_than_other_jobs(qtbot, activity, site):
    body = activity.table.parentWidget()
    qtbot.waitUntil(lambda: body.height() == OPEN_HEIGHT, timeout=PATIENCE_MS)
    site.show(DONE, RUNNING)
    qtbot.waitUntil(lambda: body.height() > OPEN_HEIGHT, timeout=PATIENCE_MS)


def test_the_row_that_the_user_has_chosen_stays(qtbot, site, view):
    site.show(DONE, RUNNING, WAITING)
    rect = view.table.visualRect(view.rows.index(1, STEP))
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    before = BuildStep("load context", StepState.DONE, started=0.5, seconds=0.1)
    site.show(before, DONE, replace(RUNNING, state=StepState.DONE), WAITING)
    assert view.rows.step(current(view)).title == DONE.title
    assert view.output.toPlainText().startswith("[1/3] COPY a /")


def test_a_failure_goes_to_its_step(site, view):
    failed = replace(RUNNING, state=StepState.FAILED, output=("cc: no such file",))
    site.show(DONE, RUNNING)
    site.show(DONE, failed)
    site.end(BuildFailed("app:1", "exit code: 2", failed, "Dockerfile", 3, 2))
    assert current(view) == 2
    shown = view.output.toPlainText()
    assert "cc: no such file" in shown
    assert "line 3 of the Dockerfile, with exit code 2." in shown


def test_a_success_ends_with_the_whole_log(site, view):
    site.show(DONE)
    site.do(lambda context: context.note("cc a.c"))
    site.end()
    assert current(view) == LOG_ROW
    assert view.output.toPlainText().startswith("Build app:1\nDone")
    assert view.output.toPlainText().endswith("cc a.c")


def test_the_whole_log_grows_while_it_is_read(qtbot, activity, site, view):
    site.show(DONE, RUNNING)
    view.table.selectRow(LOG_ROW)
    site.do(lambda context: context.note("<b>one"))
    qtbot.waitUntil(lambda: view.output.toPlainText() == "<b>one", timeout=PATIENCE_MS)
    site.do(lambda context: context.note("two"))
    qtbot.waitUntil(lambda: view.output.toPlainText() == "<b>one\ntwo", timeout=PATIENCE_MS)
    assert current(view) == LOG_ROW
    assert not activity.grab().isNull()


def test_who_reads_further_up_is_not_taken_to_the_end(qtbot, site, view):
    lines = tuple(f"line {number}" for number in range(100))
    site.show(replace(RUNNING, output=lines))
    bar = view.output.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0, timeout=PATIENCE_MS)
    site.show(replace(RUNNING, output=(*lines, "more")))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=PATIENCE_MS)
    bar.setValue(3)
    site.show(replace(RUNNING, output=(*lines, "more", "and more")))
    assert bar.value() == 3


def test_lines_in_any_number_are_shown_in_part_and_kept_within_bounds(qtbot, site, view):
    def chatter(context):
        for number in range(100_000):
            context.note(f"line {number}")

    site.show(DONE, RUNNING)
    view.table.selectRow(LOG_ROW)
    site.do(chatter)
    qtbot.waitUntil(lambda: view.output.toPlainText().endswith("line 99999"), timeout=PATIENCE_MS)
    assert view.output.blockCount() <= view.output.maximumBlockCount()
