import pytest
from PySide6.QtCore import Qt

from fakes.desks import desk_over
from layerhold.dialogs.prune import PruneDialog
from layerhold.domain.containers import State
from layerhold.domain.usage import DiskUsage
from layerhold.planning.targets import WholeImage
from planning.model_engine import GraphDriver, Podman

A, B, C, D, E = (f"sha256:{letter * 64}" for letter in "abcde")
NOW = 1_000_000_000.0


def model(kind=GraphDriver):
    made = kind(sizes={"base": 100, "a": 10, "b": 20, "c": 30})
    made.add(A, ["a:1"], ["base", "a"]).add(B, [], ["base", "b"]).add(C, ["c:1"], ["base", "c"])
    return made.run("old", C, State.EXITED)


@pytest.fixture
def opened(qtbot):
    def open_dialog(desk):
        dialog = PruneDialog(None, desk.library, desk.runner, desk.refresh, lambda: NOW)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.draft.current)
        return dialog

    return open_dialog


def listed(dialog):
    return {row.target.image_id for row in dialog.editor.model.rows}


def names(dialog):
    model = dialog.editor.model
    return {model.index(row, 0).data() for row in range(model.rowCount())}


def ticked(dialog):
    return [row.target for row in dialog.wish.images.ticked]


def test_at_first_only_dangling_images_go(opened):
    dialog = opened(desk_over(model()))
    assert dialog.windowTitle() == "Prune images"
    assert listed(dialog) == {B}
    assert dialog.editor.sentence.text() == "1 image will be removed; 20 B will come free."


def test_all_unused_leaves_what_a_container_uses(opened, qtbot):
    dialog = opened(desk_over(model()))
    qtbot.mouseClick(
        dialog.options.all_unused,
        Qt.MouseButton.LeftButton,
        pos=dialog.options.all_unused.rect().center(),
    )
    qtbot.waitUntil(lambda: listed(dialog) == {A, B})


def test_the_list_follows_the_engine(opened, qtbot):
    desk = desk_over(model())
    dialog = opened(desk)
    desk.engine.model.add(D, [], ["base"])
    desk.refresh()
    qtbot.waitUntil(lambda: listed(dialog) == {B, D})
    desk.engine.model.run("web", B)
    desk.refresh()
    qtbot.waitUntil(lambda: listed(dialog) == {D})


def test_an_unticked_row_stays_unticked_when_the_list_changes(opened, qtbot):
    desk = desk_over(model())
    dialog = opened(desk)
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Space)
    desk.engine.model.add(D, [], ["base"])
    desk.refresh()
    qtbot.waitUntil(lambda: listed(dialog) == {B, D} and dialog.draft.current)
    assert ticked(dialog) == []
    desk.engine.model.add(E, [], ["base"])
    desk.refresh()
    qtbot.waitUntil(lambda: listed(dialog) == {B, D, E} and dialog.draft.current)
    assert ticked(dialog) == []


def test_what_was_there_before_is_ticked_although_it_is_told_late(qtbot):
    desk = desk_over(model())
    desk.engine.model.add(D, [], ["base"])
    dialog = PruneDialog(None, desk.library, desk.runner, lambda: None, lambda: NOW)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.draft.current)
    assert listed(dialog) == {B}

    desk.refresh()
    qtbot.waitUntil(lambda: dialog.draft.current and listed(dialog) == {B, D})
    assert set(ticked(dialog)) == {WholeImage(B), WholeImage(D)}

    desk.engine.model.add(E, [], ["base"])
    desk.refresh()
    qtbot.waitUntil(lambda: dialog.draft.current and listed(dialog) == {B, D, E})
    assert set(ticked(dialog)) == {WholeImage(B), WholeImage(D)}


def test_what_appears_meanwhile_is_not_ticked_until_the_user_does(opened, qtbot):
    desk = desk_over(model())
    dialog = opened(desk)
    assert dialog.late.isHidden()
    desk.engine.model.add(D, [], ["base"])
    desk.refresh()
    qtbot.waitUntil(lambda: listed(dialog) == {B, D} and dialog.draft.current)
    assert ticked(dialog) == [WholeImage(B)]
    assert dialog.late.isVisible()
    assert dialog.late.text() == "1 image appeared or got a tag meanwhile; it is not ticked."
    dialog.draft.tick([WholeImage(D)], ticked=True)
    qtbot.waitUntil(lambda: dialog.draft.current)
    assert set(ticked(dialog)) == {WholeImage(B), WholeImage(D)}
    assert dialog.late.isHidden()


def test_what_came_while_the_options_hid_it_is_not_ticked_when_they_show_it(opened, qtbot):
    desk = desk_over(model())
    dialog = opened(desk)
    desk.engine.model.add(D, ["d:1"], ["base"])
    desk.refresh()
    qtbot.waitUntil(lambda: dialog.draft.current and D in dialog.draft.world.images)
    assert listed(dialog) == {B}

    dialog.options.all_unused.click()
    qtbot.waitUntil(lambda: listed(dialog) == {A, B, D} and dialog.draft.current)
    assert set(ticked(dialog)) == {WholeImage(A), WholeImage(B)}
    assert dialog.late.text() == "1 image appeared or got a tag meanwhile; it is not ticked."
    assert names(dialog) == {"a:1", "<none> bbbbbbbbbbbb", "d:1 · new"}

    dialog.options.dangling.click()
    qtbot.waitUntil(lambda: listed(dialog) == {B} and dialog.draft.current)
    dialog.options.all_unused.click()
    qtbot.waitUntil(lambda: listed(dialog) == {A, B, D} and dialog.draft.current)
    assert set(ticked(dialog)) == {WholeImage(A), WholeImage(B)}


def test_what_was_let_go_while_the_options_hid_it_is_not_ticked_either(opened, qtbot):
    desk = desk_over(model())
    dialog = opened(desk)
    desk.engine.remove_container("old")
    desk.refresh()
    qtbot.waitUntil(lambda: dialog.draft.current and not dialog.draft.world.containers)

    dialog.options.all_unused.click()
    qtbot.waitUntil(lambda: listed(dialog) == {A, B, C} and dialog.draft.current)
    assert set(ticked(dialog)) == {WholeImage(A), WholeImage(B)}


def test_no_image_grows_old_enough_unseen(qtbot):
    desk, time = desk_over(model()), [100.0]
    dialog = PruneDialog(None, desk.library, desk.runner, desk.refresh, lambda: time[0])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.options.older_than.edit, "1h")
    qtbot.waitUntil(lambda: dialog.draft.current and not listed(dialog))

    time[0] += 2 * 3600
    desk.engine.model.run("new", A)
    desk.refresh()
    qtbot.waitUntil(lambda: dialog.draft.current and len(dialog.draft.world.containers) == 2)
    assert listed(dialog) == set()

    dialog.options.older_than.edit.clear()
    qtbot.keyClicks(dialog.options.older_than.edit, "90m")
    qtbot.waitUntil(lambda: dialog.draft.current and listed(dialog) == {B})


def test_what_the_options_bring_is_ticked(opened, qtbot):
    dialog = opened(desk_over(model()))
    dialog.options.all_unused.click()
    qtbot.waitUntil(lambda: listed(dialog) == {A, B} and dialog.draft.current)
    assert set(ticked(dialog)) == {WholeImage(A), WholeImage(B)}


def test_an_image_that_gains_a_tag_loses_its_tick(opened, qtbot):
    desk = desk_over(model())
    dialog = opened(desk)
    dialog.options.all_unused.click()
    qtbot.waitUntil(lambda: listed(dialog) == {A, B} and dialog.draft.current)
    desk.engine.tag(A, "kept:1")
    desk.refresh()
    qtbot.waitUntil(lambda: ticked(dialog) == [WholeImage(B)] and dialog.draft.current)
    assert dialog.late.text() == "1 image appeared or got a tag meanwhile; it is not ticked."


def test_a_wrong_age_says_so_and_holds_the_verb_back(opened, qtbot):
    dialog = opened(desk_over(model()))
    qtbot.keyClicks(dialog.options.older_than.edit, "3 parsecs")
    assert "“3 parsecs” has a value that cannot be used." in dialog.options.older_than.said.text()
    assert not dialog.buttons.verb.isEnabled()
    assert dialog.buttons.reason.text() == "Correct what is marked first."
    dialog.options.older_than.edit.clear()
    qtbot.keyClicks(dialog.options.older_than.edit, "30d")
    qtbot.waitUntil(dialog.buttons.verb.isEnabled)
    assert dialog.options.older_than.said.isHidden()


def test_labels_are_wanted_or_not(opened, qtbot):
    dialog = opened(desk_over(model()))
    qtbot.keyClicks(dialog.options.labels.edit, "stage=build, keep")
    qtbot.waitUntil(lambda: dialog.draft.current)
    assert dialog.options.prune.labels == ("stage=build", "keep")
    assert listed(dialog) == set()
    assert dialog.buttons.reason.text() == "No image fits these options."
    qtbot.keyClicks(dialog.options.not_labels.edit, "=x")
    assert "=x" in dialog.options.not_labels.said.text()


def test_build_cache_has_its_figure_when_the_engine_tells_it(opened):
    desk = desk_over(model())
    dialog = opened(desk)
    assert dialog.build_cache.text() == "&Build cache"
    desk.library.show_usage(DiskUsage(1, 2, 312_000_000))
    assert dialog.build_cache.text() == "&Build cache, 312 MB"
    assert not dialog.build_cache.isChecked()
    dialog.build_cache.click()
    assert dialog.wish.build_cache


def test_build_cache_alone_can_be_pruned(opened):
    dialog = opened(desk_over(GraphDriver().add(A, ["a:1"], ["base"])))
    assert not dialog.buttons.verb.isEnabled()
    dialog.build_cache.click()
    assert dialog.buttons.verb.isEnabled()


def test_an_engine_without_build_cache_shows_none(opened):
    assert opened(desk_over(model(Podman))).build_cache.isHidden()
