from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt

from fakes.desks import desk_over, when_open
from layerhold.actions import building
from layerhold.dialogs.build import BuildDialog
from layerhold.domain.build_errors import BuildFailed
from layerhold.domain.building import BuildProgress, BuildStep, StepState
from layerhold.domain.errors import Cancelled
from layerhold.domain.registry_errors import LoginNeeded
from layerhold.jobs.job import Outcome
from layerhold.planning.targets import WholeImage
from layerhold.wording.details import details
from planning.model_engine import GraphDriver

A = f"sha256:{'a' * 64}"
RUNNING = BuildProgress((BuildStep("RUN make", StepState.RUNNING, 2, 2, started=1.0),))
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver().add(A, ["app:1"]))
    qtbot.addWidget(desk.window)
    desk.shown = []
    desk.show_job = desk.shown.append
    yield desk
    desk.runner.cancel_all()
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM r.example/base\nRUN make\n")
    return tmp_path


@pytest.fixture
def ordered(qtbot, desk, folder):
    """Builds that folder under these tags; gives the job."""

    def order(tags="app:1"):
        def act(dialog):
            assert isinstance(dialog, BuildDialog)
            dialog.tags.edit.setText(tags)
            qtbot.waitUntil(dialog.verb.isEnabled, timeout=PATIENCE_MS)
            qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

        when_open(act)
        building.build(desk, folder)
        return desk.shown[-1]

    return order


def ended(qtbot, job):
    qtbot.waitUntil(lambda: not job.running, timeout=PATIENCE_MS)
    return job


def test_what_was_built_is_told_with_the_tag_that_moved(qtbot, desk, ordered, folder):
    shown = []
    desk.show_image = shown.append
    job = ended(qtbot, ordered("app:1 app:2"))

    built = job.result.built
    assert job.outcome is Outcome.SUCCEEDED
    assert job.title == "Build app:1"
    assert dict(job.result.moved) == {"app:1": A}
    assert f"{'a' * 12} had app:1 before, and has lost it." in desk.notices.text
    assert f"Image ID: {built.image_id}" in details(job)
    assert desk.settings.build_folders == (str(folder),)
    job.way_on.act()
    assert shown == [built.image_id]


@pytest.mark.parametrize("goes_elsewhere", [False, True])
def test_the_image_is_opened_unless_the_user_has_gone_elsewhere(
    qtbot, desk, ordered, goes_elsewhere
):
    selected, opened, begun = [()], [], Event()
    desk.selected = lambda: selected[-1]
    desk.select_image = opened.append

    def go_elsewhere(name):
        if name == "building" and begun.wait(PATIENCE_MS / 1000) and goes_elsewhere:
            selected.append((WholeImage(A),))

    desk.engine.before_each_call = go_elsewhere
    job = ordered("new:1")
    begun.set()
    built = ended(qtbot, job).result.built
    qtbot.waitUntil(lambda: built.image_id in desk.library.images, timeout=PATIENCE_MS)
    assert opened == ([] if goes_elsewhere else [built.image_id])


def test_the_last_folder_comes_first_and_only_so_many_are_kept(qtbot, desk, ordered, folder):
    before = tuple(f"/{number}" for number in range(building.KEPT_FOLDERS))
    desk.settings = replace(desk.settings, build_folders=(*before[:-1], str(folder)))
    ended(qtbot, ordered())
    assert desk.settings.build_folders == (str(folder), *before[:-1])


def test_a_failure_keeps_the_steps_and_can_be_tried_again(qtbot, desk, ordered):
    step = BuildStep("RUN make", StepState.FAILED, 2, 2, line=2, output=("cc: no",))
    desk.engine.course = (RUNNING, "cc: no", BuildProgress((step,)))
    failing = ["building"]

    def fail(name):
        if name in failing:
            raise BuildFailed("app:1", "exit code: 2", step, "Dockerfile", 2, 2)

    desk.engine.before_each_call = fail
    job = ended(qtbot, ordered())
    assert job.outcome is Outcome.FAILED
    assert job.progress.steps == (step,)
    assert "line 2 of the Dockerfile, with exit code 2" in desk.notices.text
    assert "cc: no" in details(job)

    failing.clear()
    job.retry()
    assert ended(qtbot, desk.shown[-1]).outcome is Outcome.SUCCEEDED
    assert desk.engine.asked[0] == desk.engine.asked[1]


def test_a_base_image_that_needs_a_login_offers_it(qtbot, desk, ordered):
    def fail(name):
        if name == "building":
            reason = LoginNeeded("r.example/base", "r.example")
            raise BuildFailed("app:1", "denied", RUNNING.steps[0], reason=reason)

    desk.engine.before_each_call = fail
    job = ended(qtbot, ordered())
    assert job.way_on.text == "Log in…"


def test_a_cancelled_build_has_no_step_that_runs(qtbot, desk, ordered):
    desk.engine.course = (RUNNING,)

    def stop(name):
        if name == "building":
            raise Cancelled

    desk.engine.before_each_call = stop
    job = ended(qtbot, ordered())
    assert job.outcome is Outcome.CANCELLED
    assert [step.state for step in job.progress.steps] == [StepState.CANCELLED]
    assert "stay in its cache" in desk.notices.text


def test_without_an_engine_nothing_is_asked(desk):
    desk.engine = None
    building.build(desk)
    assert desk.shown == []
