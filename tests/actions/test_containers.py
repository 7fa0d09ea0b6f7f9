from threading import Event

import pytest
from PySide6.QtCore import Qt

from fakes.desks import desk_over, dialog, when_open
from layerhold.actions import containers
from layerhold.domain.errors import EngineGone
from layerhold.domain.running import RunWish
from layerhold.jobs.job import Outcome
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


def test_what_the_dialog_says_is_run(desk, qtbot):
    assert run(qtbot, desk).outcome is Outcome.SUCCEEDED
    assert desk.engine.wishes == {"web": RunWish("a:1", "web")}


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
