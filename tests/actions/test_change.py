import pytest
from PySide6.QtCore import Qt

from fakes.desks import desk_over, when_open
from layerhold.actions import change
from layerhold.domain.containers import State
from layerhold.domain.errors import Cancelled, DiskFull, EngineGone
from layerhold.jobs.job import Outcome
from layerhold.planning.targets import WholeImage
from layerhold.wording.details import details
from planning.model_engine import GraphDriver

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")


@pytest.fixture
def desk(qtbot):
    model = GraphDriver(sizes={"base": 100, "a": 10, "b": 20})
    model.add(A, ["a:1", "a:2"], ["base", "a"]).add(B, ["b:1"], ["base", "b"])
    made = desk_over(model.add(C, [], ["base"]))
    qtbot.addWidget(made.window)
    made.jobs = []
    made.runner.started.connect(lambda job: None if job.quiet else made.jobs.append(job))
    return made


def press(qtbot):
    def act(dialog):
        qtbot.waitUntil(dialog.buttons.verb.isEnabled)
        qtbot.mouseClick(dialog.buttons.verb, Qt.MouseButton.LeftButton)

    return act


def done(qtbot, desk, number=1):
    qtbot.waitUntil(lambda: len(desk.jobs) == number and not desk.jobs[-1].running)
    return desk.jobs[-1]


def test_removing_does_what_was_shown_and_tells(desk, qtbot):
    when_open(press(qtbot))
    change.remove(desk, [WholeImage(A)])
    job = done(qtbot, desk)
    assert set(desk.library.images) == {B, C}
    assert job.title == "Remove a:1"
    assert desk.notices.text == "1 image removed; 10 B came free."
    assert f"Deleted: {A}" in details(job)
    assert "Untagged: a:2" in details(job)


def test_what_somebody_else_removed_is_no_failure(desk, qtbot):
    def press_late(dialog):
        del desk.engine.model.images[B]
        press(qtbot)(dialog)

    when_open(press_late)
    change.remove(desk, [WholeImage(A), WholeImage(B)])
    job = done(qtbot, desk)
    assert desk.notices.text == "1 image removed; 10 B came free. 1 item had gone before."
    assert "The image b:1 is not there any more." in details(job)


def test_cancel_changes_nothing(desk, qtbot):
    when_open(lambda dialog: qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Escape))
    change.remove(desk, [WholeImage(A)])
    assert desk.jobs == []
    assert A in desk.engine.model.images


def test_a_failure_names_the_reason_and_can_be_tried_again(desk, qtbot):
    desk.engine.before_each_call = lambda name: (
        desk.engine.model.run("web", B, State.RUNNING) if name == "remove" else None
    )
    when_open(press(qtbot))
    change.remove(desk, [WholeImage(B)])
    job = done(qtbot, desk)
    assert desk.notices.text == "1 item could not be removed. The image b:1 is used by containers."
    assert "Remove those containers first" in details(job)
    desk.engine.before_each_call = lambda _name: None
    del desk.engine.model.containers["web"]
    desk.refresh()
    when_open(press(qtbot))
    job.retry()
    done(qtbot, desk, 2)
    assert B not in desk.engine.model.images


def test_a_tag_that_is_cancelled_may_be_given_all_the_same(desk, qtbot):
    def name_it(dialog):
        qtbot.keyClicks(dialog.name.edit, "new:1")
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    def stop(name):
        if name == "tag":
            raise Cancelled

    desk.engine.before_each_call = stop
    when_open(name_it)
    change.tag(desk, A)
    assert done(qtbot, desk).outcome is Outcome.CANCELLED
    assert desk.notices.text.endswith("The engine may give the image its tag all the same.")


def test_untagging_one_of_two_tags_asks_nothing(desk, qtbot):
    change.untag(desk, A, "a:1")
    done(qtbot, desk)
    assert desk.engine.model.images[A].names == ["a:2"]
    assert desk.notices.text == "1 tag removed; no space came free."


def test_untagging_the_last_tag_shows_the_plan(desk, qtbot):
    said = []

    def look(dialog):
        qtbot.waitUntil(lambda: dialog.draft.current)
        said.append(dialog.editor.sentence.text())
        dialog.reject()

    when_open(look)
    change.untag(desk, B, "b:1")
    assert said == ["1 image will be removed; 20 B will come free."]
    assert B in desk.engine.model.images


def test_tagging_gives_the_name(desk, qtbot):
    def write(dialog):
        qtbot.keyClicks(dialog.name.edit, "new:1")
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    when_open(write)
    change.tag(desk, A)
    done(qtbot, desk)
    assert desk.engine.model.find("new:1") == A
    assert desk.notices.text == "new:1 is the image's new tag."


def test_a_tag_taken_meanwhile_is_not_stolen(desk, qtbot):
    def write(dialog):
        qtbot.keyClicks(dialog.name.edit, "new:1")
        desk.engine.tag(B, "new:1")
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)

    when_open(write)
    change.tag(desk, A)
    assert done(qtbot, desk).outcome is Outcome.FAILED
    assert desk.engine.model.find("new:1") == B
    assert "new:1 changed while you were deciding" in desk.notices.text


def test_pruning_removes_the_list_and_the_cache(desk, qtbot):
    desk.engine.build_cache = 5000

    def act(dialog):
        dialog.build_cache.click()
        press(qtbot)(dialog)

    when_open(act)
    change.prune(desk)
    done(qtbot, desk)
    assert set(desk.engine.model.images) == {A, B}
    assert desk.engine.build_cache == 0
    assert desk.notices.text.endswith("Build cache: 5 kB came free.")


def test_a_cache_that_cannot_be_pruned_does_not_hide_what_was_removed(desk, qtbot):
    def refuse(name):
        if name.startswith("prune_build_cache"):
            raise DiskFull("cache")

    desk.engine.before_each_call = refuse

    def act(dialog):
        dialog.build_cache.click()
        press(qtbot)(dialog)

    when_open(act)
    change.prune(desk)
    done(qtbot, desk)
    assert "1 image removed" in desk.notices.text
    assert (
        "The build cache could not be pruned. The disk of the engine is full." in desk.notices.text
    )


def test_an_engine_that_is_gone_is_told_once(desk, qtbot):
    def die(_name):
        raise EngineGone("memory://")

    when_open(press(qtbot))
    desk.engine.before_each_call = die
    desk.refresh = lambda: None
    change.remove(desk, [WholeImage(B)])
    assert done(qtbot, desk).outcome is Outcome.FAILED
    assert desk.notices.text.startswith("The connection to the engine broke.")


def test_without_an_engine_nothing_is_asked(desk):
    desk.engine = None
    change.remove(desk, [WholeImage(A)])
    change.prune(desk)
    change.tag(desk, A)
    assert desk.jobs == []


def test_another_engine_is_not_changed_in_its_place(desk, qtbot):
    other = desk_over(GraphDriver().add(A, ["a:1"])).engine

    def switch(dialog):
        qtbot.waitUntil(dialog.buttons.verb.isEnabled)
        desk.engine = other
        qtbot.mouseClick(dialog.buttons.verb, Qt.MouseButton.LeftButton)

    when_open(switch)
    change.remove(desk, [WholeImage(A)])
    assert desk.jobs == []
    assert A in other.model.images
    assert "left alone" in desk.notices.text


def test_a_connection_lost_while_deciding_is_called_that(desk, qtbot):
    def lose(dialog):
        qtbot.waitUntil(dialog.buttons.verb.isEnabled)
        desk.engine = None
        qtbot.mouseClick(dialog.buttons.verb, Qt.MouseButton.LeftButton)

    when_open(lose)
    change.remove(desk, [WholeImage(A)])
    assert desk.jobs == []
    assert desk.notices.text.startswith("The connection to the engine broke.")
