from itertools import pairwise
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QPushButton

from layerhold.colours import colours
from layerhold.dialogs.remove import RemoveDialog
from layerhold.domain.containers import State
from layerhold.jobs.runner import JobRunner
from layerhold.models.plan_cells import EFFECT, FREED, WHAT
from layerhold.planning.removal import Effect, Remedy
from layerhold.planning.targets import OneTag, WholeImage
from planning.model_engine import GraphDriver, Podman

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")


def model(kind=GraphDriver):
    made = kind(sizes={"base": 100_000, "a": 10_000, "b": 20_000})
    made.add(A, ["a:1", "a:2"], ["base", "a"])
    made.add(B, ["b:1"], ["base", "b"])
    return made.add(C, ["c:1"], ["base"])


@pytest.fixture
def opened(qtbot):
    def open_dialog(engine, *targets):
        dialog = RemoveDialog(None, engine.world(), targets, JobRunner())
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.draft.current)
        return dialog

    return open_dialog


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.draft.current)


def text(dialog, row, column):
    return dialog.editor.model.index(row, column).data()


def tick_box(dialog, row):
    """Where the tick box of a row is."""
    view = dialog.editor.view
    rect = view.visualRect(dialog.editor.model.index(row, WHAT))
    return QPoint(rect.left() + 10, rect.center().y())


def test_the_sentence_says_what_will_happen(opened):
    dialog = opened(model(), WholeImage(A), OneTag(B, "b:1"))
    assert dialog.windowTitle() == "Remove images"
    assert dialog.editor.sentence.text() == "2 images will be removed; 30 kB will come free."
    assert (text(dialog, 0, WHAT), text(dialog, 0, EFFECT)) == ("a:1  +1", "Delete")
    assert text(dialog, 0, FREED) == "10 kB"


def test_a_tag_is_untagged_and_frees_nothing(opened):
    dialog = opened(model(), OneTag(A, "a:1"))
    assert dialog.editor.sentence.text() == "1 tag will be removed; no space will come free."
    assert text(dialog, 0, EFFECT) == "Untag"


def test_a_click_unticks_a_row_and_the_total_follows(opened, qtbot):
    dialog = opened(model(), WholeImage(A), WholeImage(B))
    viewport = dialog.editor.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=tick_box(dialog, 0))
    settle(qtbot, dialog)
    assert dialog.editor.sentence.text() == "1 image will be removed; 20 kB will come free."
    assert [row.target for row in dialog.draft.plan.ticked] == [WholeImage(B)]
    assert text(dialog, 0, FREED) == "–"


def test_space_toggles_the_selected_rows(opened, qtbot):
    dialog = opened(model(), WholeImage(A), WholeImage(B))
    dialog.editor.view.selectAll()
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Space)
    settle(qtbot, dialog)
    assert not dialog.draft.plan.ticked
    assert not dialog.buttons.verb.isEnabled()
    assert dialog.buttons.verb.toolTip() == "No row is ticked."
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Space)
    settle(qtbot, dialog)
    assert len(dialog.draft.plan.ticked) == 2


def test_a_blocked_row_names_the_containers_and_their_state(opened):
    dialog = opened(model().run("web", A), WholeImage(A))
    assert text(dialog, 0, EFFECT) == "Blocked by name-web (running)"
    assert dialog.editor.sentence.text() == "Nothing will be removed."
    assert not dialog.buttons.verb.isEnabled()
    index = dialog.editor.model.index(0, WHAT)
    kinds = [
        (
            dialog.editor.model.index(row, WHAT, index).data(),
            index.model().index(row, 1, index).data(),
        )
        for row in range(dialog.editor.model.rowCount(index))
    ]
    assert ("Used by", "name-web (running)") in kinds


def test_a_blocked_row_offers_exactly_what_the_engine_allows(opened, qtbot):
    dialog = opened(model().run("web", A), WholeImage(A))
    view = dialog.editor.view
    row = dialog.editor.model.rows[0]
    menu = view.menu(row)
    assert len(menu.actions()) == 1 + len(row.remedies)
    texts = [action.text() for action in menu.actions()]
    assert "Stop and remove the containers: name-web (running)" in texts
    menu.actions()[texts.index("Stop and remove the containers: name-web (running)")].trigger()
    settle(qtbot, dialog)
    assert dialog.draft.plan.rows[0].choice.remedy is Remedy.STOP_AND_REMOVE_CONTAINERS
    assert "1 image and 1 container will be removed" in dialog.editor.sentence.text()


def test_a_click_on_a_blocked_row_opens_its_menu(opened, qtbot):
    dialog = opened(model().run("web", A), WholeImage(A))
    view = dialog.editor.view
    place = view.visualRect(dialog.editor.model.index(0, EFFECT)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    menus = [child for child in view.children() if child.metaObject().className() == "QMenu"]
    assert menus[0].isVisible()
    menus[0].close()


def test_force_is_off_at_first_and_keeps_containers_on_docker(opened, qtbot):
    dialog = opened(model().run("old", A, State.EXITED), WholeImage(A))
    force = dialog.findChild(QCheckBox)
    assert force.text() == "&Force"
    assert not force.isChecked()
    assert "The containers stay" in dialog.editor.force_note.text()
    assert "name-old (exited)" in dialog.editor.force_note.text()
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_F)
    settle(qtbot, dialog)
    assert dialog.draft.plan.rows[0].effect is Effect.DELETE
    assert dialog.draft.plan.containers_deleted == ()
    force.click()
    settle(qtbot, dialog)
    assert dialog.draft.plan.rows[0].effect is Effect.BLOCKED


def test_force_says_on_podman_that_it_deletes_containers(opened, qtbot):
    dialog = opened(model(Podman).run("web", A), WholeImage(A))
    note = "Force deletes the containers that use these images: name-web (running)."
    assert dialog.editor.force_note.text() == note
    dialog.editor.force.click()
    settle(qtbot, dialog)
    assert "1 image and 1 container will be removed" in dialog.editor.sentence.text()


def test_force_cannot_be_ticked_where_it_would_not_help(opened):
    dialog = opened(model(), WholeImage(A))
    assert not dialog.editor.force.isEnabled()


def test_leaving_a_row_alone_outlasts_force(opened, qtbot):
    dialog = opened(model().run("old", A, State.EXITED), WholeImage(A), WholeImage(B))
    dialog.editor.force.click()
    settle(qtbot, dialog)
    blocked = next(row for row in dialog.editor.model.rows if row.target == WholeImage(A))
    dialog.editor.view.menu(blocked).actions()[0].trigger()
    settle(qtbot, dialog)
    assert [row.target for row in dialog.draft.plan.ticked] == [WholeImage(B)]


def test_enter_cancels_and_the_verb_removes(opened, qtbot):
    dialog = opened(model(), WholeImage(A))
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Return)
    assert dialog.result() == RemoveDialog.DialogCode.Rejected
    dialog = opened(model(), WholeImage(A))
    qtbot.mouseClick(dialog.buttons.verb, Qt.MouseButton.LeftButton)
    assert dialog.result() == RemoveDialog.DialogCode.Accepted


def test_every_control_can_be_named(opened):
    dialog = opened(model(), WholeImage(A))
    names = {button.text().replace("&", "") for button in dialog.findChildren(QPushButton)}
    assert names == {"Cancel", "Remove"}
    assert dialog.editor.view.accessibleName() == "Plan"


def test_names_are_not_taken_for_markup(opened):
    engine = model().add("sha256:" + "d" * 64, ["<b>x</b>:1"], ["base"])
    dialog = opened(engine, WholeImage("sha256:" + "d" * 64))
    tip = dialog.editor.model.index(0, WHAT).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;" in tip


def test_a_thousand_rows_leave_no_gap(qtbot):
    engine = GraphDriver(sizes={})
    for number in range(3000):
        engine.add(f"sha256:{number:064x}", [f"app:{number}"], ["base", f"layer{number}"])
    world = engine.world()
    targets = [WholeImage(f"sha256:{number:064x}") for number in range(1000)]
    beats, timer = [], QTimer(interval=0)
    timer.timeout.connect(lambda: beats.append(perf_counter()))
    timer.start()
    dialog = RemoveDialog(None, world, targets, JobRunner())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.draft.current)
    dialog.editor.view.selectAll()
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.draft.current and not dialog.draft.plan.ticked)
    gaps = [after - before for before, after in pairwise(beats)]
    assert dialog.editor.sentence.text() == "Nothing will be removed."
    # The bench measures; here only a freeze must not pass, whatever else the machine does.
    assert max(gaps) < 0.5


def test_the_warning_of_force_is_written_in_full_colour(opened, qtbot):
    dialog = opened(model().run("web", B, State.EXITED), WholeImage(B))
    dialog.editor.force.click()
    settle(qtbot, dialog)
    shown = dialog.editor.force_note.grab().toImage()
    drawn = {
        shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())
    }
    assert colours().care in drawn


def test_a_plan_that_cannot_be_made_is_told_and_none_is_shown(opened, qtbot, caplog):
    dialog = opened(model(), WholeImage(A))

    def fail(_world):
        raise KeyError("layer")

    dialog.draft.look_at(dialog.draft.world, fail)
    qtbot.waitUntil(lambda: "did not expect" in dialog.editor.sentence.text())
    assert dialog.editor.model.rowCount() == 0
    assert not dialog.buttons.verb.isEnabled()
    assert dialog.buttons.reason.text() == "It is written down in the log."
    caplog.clear()
