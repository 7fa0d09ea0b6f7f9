from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fakes.desks import desk_over, dialog, when_open
from layerhold.actions import containers
from layerhold.dialogs.container_log import ContainerLog
from layerhold.domain.containers import State
from layerhold.domain.errors import EngineGone
from layerhold.domain.running import RunWish
from layerhold.jobs.job import Outcome
from layerhold.wording.details import details
from planning.model_engine import GraphDriver

A, B = (f"sha256:{letter * 64}" for letter in "ab")


@pytest.fixture
def desk(qtbot):
    made = desk_over(GraphDriver().add(A, ["a:1"]).add(B, ["b:1"]))
    qtbot.addWidget(made.window)
    made.jobs = []
    made.runner.started.connect(lambda job: None if job.quiet else made.jobs.append(job))
    return made


def done(qtbot, desk, number=1):
    qtbot.waitUntil(lambda: len(desk.jobs) == number and not desk.jobs[-1].running)
    return desk.jobs[-1]


def run(qtbot, desk, name="web"):
    def act(opened):
        qtbot.waitUntil(lambda: opened.form is not None)
        qtbot.keyClicks(opened.form.name.edit, name)
        qtbot.mouseClick(opened.verb, Qt.MouseButton.LeftButton)

    when_open(act)
    containers.run(desk, A)
    return done(qtbot, desk)


def the(desk):
    (container,) = desk.library.containers
    return container


def ends_at_once(desk, monkeypatch, status):
    """Containers have ended by the time that one looks at them."""
    listed = desk.engine.list_containers

    def list_ended(token=None):
        return tuple(replace(c, state=State.EXITED, status=status) for c in listed(token))

    monkeypatch.setattr(desk.engine, "list_containers", list_ended)


def test_what_the_dialog_says_is_run(desk, qtbot):
    assert run(qtbot, desk).outcome is Outcome.SUCCEEDED
    assert desk.notices.text == "name-web runs, a container of a:1."
    assert desk.engine.wishes == {"web": RunWish("a:1", "web")}


def test_a_program_that_fails_at_once_is_told_with_its_log(desk, qtbot, monkeypatch):
    ends_at_once(desk, monkeypatch, "Exited (3) Less than a second ago")
    assert run(qtbot, desk).outcome is Outcome.SUCCEEDED
    assert desk.notices.text.startswith("name-web, a container of a:1, has ended with code 3.")
    desk.notices.action.click()
    (log,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ContainerLog)]
    assert "name-web" in log.windowTitle()
    log.close()


def test_a_container_that_was_removed_at_its_end_is_not_said_to_run(desk, qtbot, monkeypatch):
    monkeypatch.setattr(desk.engine, "list_containers", lambda _token: ())
    run(qtbot, desk)
    assert desk.notices.text == "A container of a:1 has run, ended and been removed."


def test_a_container_is_stopped_started_and_removed_in_so_many_words(desk, qtbot):
    run(qtbot, desk)
    containers.stop_container(desk, the(desk))
    done(qtbot, desk, 2)
    assert desk.notices.text == "name-web has stopped."
    containers.start_container(desk, the(desk))
    done(qtbot, desk, 3)
    assert desk.notices.text.startswith("name-web runs")
    containers.stop_container(desk, the(desk))
    done(qtbot, desk, 4)
    when_open(lambda opened: qtbot.mouseClick(opened.verb, Qt.MouseButton.LeftButton))
    containers.remove_container(desk, the(desk))
    done(qtbot, desk, 5)
    assert desk.notices.text == "name-web has been removed."


def test_what_the_engine_does_in_spite_of_a_cancel_is_told(desk, qtbot):
    run(qtbot, desk)
    begun, go_on = Event(), Event()

    def stand_still(name):
        if name == "stop_container":
            begun.set()
            go_on.wait(10)
            raise EngineGone

    desk.engine.before_each_call = stand_still
    containers.stop_container(desk, the(desk))
    qtbot.waitUntil(begun.is_set)
    desk.jobs[-1].cancel()
    go_on.set()
    job = done(qtbot, desk, 2)
    assert job.outcome is Outcome.CANCELLED
    assert desk.notices.text.startswith("“Stop name-web” was cancelled. The engine goes on")
    assert "the container stops all the same" in details(job)


def test_a_container_that_has_gone_is_named_and_its_commit_can_be_tried_again(desk, qtbot):
    run(qtbot, desk)
    container = the(desk)
    desk.engine.model.containers.clear()
    name_it(qtbot, "made:1")
    containers.commit(desk, container)
    job = done(qtbot, desk, 2)
    assert desk.notices.text.startswith("The container name-web is not there any more.")
    desk.engine.model.run(container.id, A)
    job.retry()
    job = done(qtbot, desk, 3)
    assert desk.notices.text == "made:1 has been made of name-web."


def test_who_loses_a_tag_to_a_commit_is_told(desk, qtbot):
    run(qtbot, desk)
    name_it(qtbot, "b:1")
    containers.commit(desk, the(desk))
    done(qtbot, desk, 2)
    assert desk.notices.text == (
        "b:1 has been made of name-web. bbbbbbbbbbbb had this tag before, and has lost it."
    )


def name_it(qtbot, reference):
    def act(opened):
        qtbot.keyClicks(opened.name.edit, reference)
        qtbot.mouseClick(opened.verb, Qt.MouseButton.LeftButton)

    when_open(act)


def test_the_dialog_is_there_before_a_silent_engine_answers(desk, qtbot):
    answer = Event()
    desk.engine.before_each_call = lambda name: answer.wait(10) if name == "inspect" else None

    def act(opened):
        assert opened.form is None
        answer.set()
        qtbot.waitUntil(lambda: opened.form is not None)
        opened.reject()

    when_open(act)
    containers.run(desk, A)
    assert answer.is_set()
    assert not desk.jobs


def test_an_engine_that_cannot_say_how_an_image_runs_is_told_in_the_dialog(desk, qtbot):
    def fail(name):
        if name == "networks":
            raise EngineGone

    def act(opened):
        qtbot.waitUntil(lambda: "connection to the engine broke" in opened.area.widget().text())
        opened.reject()

    desk.engine.before_each_call = fail
    when_open(act)
    containers.run(desk, A)
    assert dialog() is None
