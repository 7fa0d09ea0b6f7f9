"""Build images through the window, with the classic builder and with BuildKit."""

import shutil
from time import monotonic

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from fakes.desks import when_open
from layerhold.dialogs.build import BuildDialog
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildProgress, StepState
from layerhold.jobs.job import Outcome
from layerhold.library import Phase
from layerhold.models.activity_table import ACTION
from layerhold.models.build_steps import STATE, STEP, TIME
from layerhold.wording.details import details
from needs import need

pytestmark = pytest.mark.live

PATIENCE_MS = 60_000
HEAD = "FROM scratch AS base\nCOPY busybox /bin/sh\n"
APP = f"""{HEAD}ARG MODE=slow
RUN echo mode $MODE; echo made > /made
LABEL kept=yes
"""
SECRET = "hidden-value-of-a-token"


class Workshop:
    """A window on an engine with one of the builders, and a folder to build from."""

    def __init__(self, qtbot, startup, builder, folder):
        self.qtbot, self.startup, self.window = qtbot, startup, startup.window
        self.builder, self.folder = builder, folder

    def write(self, dockerfile):
        (self.folder / "Dockerfile").write_text(dockerfile)

    def order(self, act):
        """Fill in the dialog, and press its button once it knows everything."""

        def fill_in(dialog):
            assert isinstance(dialog, BuildDialog)
            dialog.place.folder.setCurrentText(str(self.folder))
            self.wait(lambda: dialog.look.seen and dialog.workshop)
            assert dialog.workshop.choice.builder is self.builder
            network = dialog.options.network
            network.setCurrentIndex(network.findData("none"))
            act(dialog)
            self.wait(dialog.verb.isEnabled)
            self.qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

        when_open(fill_in)
        self.window.commands.build.trigger()
        return self.job

    @property
    def job(self):
        return self.window.activity.model.jobs[0]

    @property
    def view(self):
        return self.window.activity.details.build

    def ended(self):
        self.wait(lambda: not self.job.running)
        return self.job

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def press_action(self):
        table = self.window.activity.table
        place = table.visualRect(table.model().index(0, ACTION)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def row(self, name):
        """What the row of a step says."""
        rows = self.view.rows
        at = next(at for at in range(rows.rowCount()) if name in rows.index(at, STEP).data())
        return at, [rows.index(at, column).data() for column in (STEP, STATE, TIME)]

    def everything_told(self):
        """What of a job can be read anywhere."""
        steps = self.job.progress.steps if self.job.progress else ()
        shown = self.view.output.toPlainText()
        return f"{details(self.job)} {list(self.job.log)} {steps} {shown} {self.job.result}"


@pytest.mark.parametrize("named", ["Dockerfile", "."])
def test_a_dockerfile_on_the_command_line_is_asked_about(
    qtbot, open_window, dockerd, tmp_path, monkeypatch, named
):
    (tmp_path / "Dockerfile").write_text(HEAD)
    monkeypatch.chdir(tmp_path)
    seen = []

    def look(dialog):
        qtbot.waitUntil(lambda: bool(dialog.look.seen), timeout=PATIENCE_MS)
        seen.append((type(dialog), dialog.look.seen.place.dockerfile))
        dialog.reject()

    when_open(look)
    open_window(dockerd.url, files=(named,))
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert seen == [(BuildDialog, tmp_path / "Dockerfile")]


@pytest.fixture(params=["classic", pytest.param("buildkit", marks=pytest.mark.thorough)])
def workshop(request, qtbot, open_window, tmp_path, monkeypatch):
    folder = tmp_path / "app"
    folder.mkdir()
    for name in ("busybox", "sleep"):
        shutil.copy(need("/bin/busybox", "busybox"), folder / name)
    if request.param == "classic":
        daemon, builder = request.getfixturevalue("dockerd"), Builder.CLASSIC
        # Whatever the machine has, this is about the engine's own builder.
        monkeypatch.setattr("layerhold.engine.docker.building.program.docker", lambda: None)
    else:
        daemon, builder = request.getfixturevalue("running_buildkit"), Builder.BUILDX
        monkeypatch.setenv("PATH", str(daemon.folder / "bin"), prepend=":")
        monkeypatch.setenv("DOCKER_CONFIG", str(daemon.folder))
    startup = open_window(daemon.url)
    qtbot.waitUntil(lambda: startup.library.connection.phase is Phase.LIVE, timeout=PATIENCE_MS)
    yield Workshop(qtbot, startup, builder, folder)
    daemon.remove_everything()


def name_it(workshop, *tags):
    return lambda dialog: workshop.qtbot.keyClicks(dialog.tags.edit, " ".join(tags))


def test_an_image_is_built_and_built_again_from_the_cache(workshop):
    workshop.write(APP)

    def name_and_build_anew(dialog):
        name_it(workshop, "app:1", "app:latest")(dialog)
        dialog.options.no_cache.setChecked(True)

    workshop.order(name_and_build_anew)
    job = workshop.ended()

    assert job.outcome is Outcome.SUCCEEDED, job.error
    image_id = job.result.built.image_id
    workshop.wait(lambda: image_id in workshop.startup.library.images)
    targets = workshop.window.images.selected_targets()
    assert {target.image_id for target in targets} == {image_id}
    assert set(workshop.startup.library.images[image_id].tags) == {"app:1", "app:latest"}
    assert workshop.window.notices.text.startswith("Built app:1, app:latest:")
    at, said = workshop.row("RUN echo mode")
    assert said[1] == "Done"
    assert said[2].endswith(" s")
    workshop.view.table.selectRow(at)
    assert "mode slow" in workshop.view.output.toPlainText()
    assert "Line 4 of the Dockerfile" in workshop.view.output.toPlainText()
    workshop.window.images.tree.clearSelection()
    workshop.press_action()
    assert workshop.window.images.selected_targets()[0].image_id == image_id

    workshop.order(name_it(workshop, "app:1"))
    assert workshop.ended().result.built.image_id == image_id
    assert workshop.row("RUN echo mode")[1] == [said[0], "Cached", ""]


def test_a_step_that_fails_is_told_with_its_output_and_line_and_can_be_tried_again(workshop):
    workshop.write(f"{HEAD}RUN echo before; echo why >&2; exit 42\n")
    workshop.order(name_it(workshop, "app:1"))
    job = workshop.ended()

    assert job.outcome is Outcome.FAILED
    assert "line 3 of the Dockerfile, with exit code 42" in workshop.window.notices.text
    at, said = workshop.row("RUN echo before")
    assert said[1] == "Failed"
    assert workshop.view.table.currentIndex().row() == at
    shown = workshop.view.output.toPlainText()
    assert all(
        part in shown for part in ("before", "why", "Line 3 of the Dockerfile", "exit code 42")
    )

    workshop.write(APP)
    workshop.press_action()
    workshop.wait(lambda: workshop.job is not job)
    assert workshop.ended().outcome is Outcome.SUCCEEDED


def test_cancel_stops_a_step_that_sleeps_within_a_second(workshop):
    workshop.write(f"{HEAD}COPY sleep /bin/sleep\nRUN echo begun; echo asleep; sleep 424242\n")
    job = workshop.order(name_it(workshop, "app:1"))

    def sleeps():
        current = job.progress.current if isinstance(job.progress, BuildProgress) else None
        return current and current.output == ("begun", "asleep")

    workshop.wait(sleeps)
    workshop.wait(lambda: "asleep" in workshop.view.output.toPlainText())
    begun = monotonic()
    workshop.press_action()
    workshop.wait(lambda: not job.running)
    assert monotonic() - begun < 1.0
    assert job.outcome is Outcome.CANCELLED
    assert workshop.row("RUN echo begun")[1][1] == "Cancelled"
    assert StepState.RUNNING not in {step.state for step in job.progress.steps}
    workshop.wait(lambda: not workshop.startup.library.containers)


@pytest.mark.thorough
def test_a_tag_that_moves_is_told(workshop):
    workshop.write(APP)
    workshop.order(name_it(workshop, "app:1"))
    first = workshop.ended().result.built.image_id
    workshop.write(APP.replace("made", "changed"))
    workshop.order(name_it(workshop, "app:1"))
    job = workshop.ended()
    assert dict(job.result.moved) == {"app:1": first}
    assert "had app:1 before, and has lost it." in workshop.window.notices.text


def test_a_wrong_line_is_refused_with_what_stands_there_and_the_reason(workshop):
    workshop.write(f"{HEAD}ENV\n")
    workshop.order(lambda _: None)
    assert workshop.ended().outcome is Outcome.FAILED
    said = workshop.window.notices.text
    assert "Line 3 of" in said
    assert "is wrong: “ENV”." in said
    assert "“ENV requires at least one argument”" in said


def test_a_folder_that_is_dropped_on_the_window_is_asked_about(workshop):
    workshop.write(APP)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(workshop.folder))])
    asked = []

    def look(dialog):
        workshop.wait(lambda: dialog.look.seen)
        asked.append(dialog.look.seen.place.folder)
        dialog.reject()

    when_open(look)
    copy, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.NoModifier
    window, place = workshop.window, QPoint(200, 200)
    QApplication.sendEvent(window, QDragEnterEvent(place, copy, data, button, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, data, button, keys))
    workshop.wait(lambda: asked)
    assert asked == [workshop.folder]


def test_a_log_of_100_000_lines_is_bounded_and_the_end_of_it_shown(workshop):
    workshop.write(f"{HEAD}COPY busybox /bin/seq\nRUN seq 100000\n")
    workshop.order(lambda dialog: dialog.options.no_cache.setChecked(True))
    job = workshop.ended()
    assert job.outcome is Outcome.SUCCEEDED, job.error
    assert "earlier lines are not kept" in details(job)
    at, _ = workshop.row("RUN seq")
    workshop.view.table.selectRow(at)
    shown = workshop.view.output.toPlainText()
    if workshop.builder is Builder.BUILDX:
        # BuildKit itself passes on only so much in a second, and says so.
        assert "output clipped, log limit" in shown
    else:
        assert job.log.written > 100_000
        assert shown.endswith("\n100000")


@pytest.mark.thorough
def test_a_secret_is_in_no_log_although_a_step_prints_it(workshop, monkeypatch, tmp_path):
    if workshop.builder is Builder.CLASSIC:
        pytest.skip("the classic builder takes no secrets")
    monkeypatch.setenv("TOKEN_OF_MINE", SECRET)
    (tmp_path / "key").write_text("first-line-of-key\nsecond-line-of-key\n")
    workshop.write(
        f"{HEAD}COPY busybox /bin/cat\n"
        "RUN --mount=type=secret,id=token --mount=type=secret,id=key "
        "cat /run/secrets/token /run/secrets/key; exit 3\n"
    )
    lines = f"id=token,env=TOKEN_OF_MINE\nid=key,src={tmp_path / 'key'}"
    workshop.order(lambda dialog: dialog.secrets.edit.setPlainText(lines))
    job = workshop.ended()
    assert job.outcome is Outcome.FAILED
    workshop.qtbot.keyClick(
        workshop.window.activity.table, "c", Qt.KeyboardModifier.ControlModifier
    )
    told = f"{workshop.everything_told()} {QGuiApplication.clipboard().text()}"
    assert "•••" in told
    for each in (SECRET, "first-line", "second-line"):
        assert each not in told
