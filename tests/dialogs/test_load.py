"""The dialog that shows what loading archives would do."""

import gzip

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from archives.layouts import Layout, write_folder, write_tar, zstd
from fakes.desks import desk_over
from layerhold.dialogs.load import LoadDialog, LoadTools
from layerhold.models.load_tree import EFFECT, LAYERS, PLATFORM, SIZE, WHAT
from layerhold.planning.load_rows import Spot
from layerhold.planning.load_wishes import Wishes
from live.images import Layer, Sketch, write_archive
from planning.model_engine import GraphDriver

HOLDER = f"sha256:{'a' * 64}"
ONE, TWO = (Layer(f"COPY {name} /", {name: name.encode() * 1000}) for name in "ab")
BASE = Sketch((ONE,), ("base:1", "base:2"))
APP = Sketch((ONE, TWO), ("app:1",))
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver(sizes={"x": 1000}).add(HOLDER, ["app:1", "app:0"], ["x"]))
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def imported():
    """The files that were to be imported."""
    return []


@pytest.fixture
def opened(qtbot, desk, imported):
    """A dialog on these paths, once it knows them."""

    def show(*paths, **others):
        tools = LoadTools(desk.runner, lambda path: imported.append(path) is None)
        dialog = LoadDialog(None, desk.library, tools, paths, **others)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(qtbot, dialog)
        return dialog

    return show


@pytest.fixture
def family(tmp_path):
    return write_archive(tmp_path / "family.tar", (BASE, APP))


@pytest.fixture
def file_system(tmp_path):
    return write_tar(tmp_path / "root.tar", {"etc/hostname": b"", "bin/sh": b"", "usr/a": b""})


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.is_settled, timeout=PATIENCE_MS)


def at(dialog, *rows, column=WHAT):
    """The cell to which the rows lead, each below the one before."""
    model, index = dialog.model, dialog.model.index(rows[0], WHAT)
    for row in rows[1:]:
        index = model.index(row, WHAT, index)
    return index.siblingAtColumn(column)


def says(dialog, *rows, column=EFFECT):
    return at(dialog, *rows, column=column).data()


def tick(qtbot, dialog, *rows):
    dialog.view.setCurrentIndex(at(dialog, *rows))
    qtbot.keyClick(dialog.view, Qt.Key.Key_Space)
    settle(qtbot, dialog)


def ticked(dialog, *rows):
    return Qt.CheckState(at(dialog, *rows).data(Qt.ItemDataRole.CheckStateRole))


def rename(qtbot, dialog, text, *rows):
    """As one does by keyboard."""
    dialog.view.setCurrentIndex(at(dialog, *rows))
    qtbot.keyClick(dialog.view, Qt.Key.Key_F2)
    name(qtbot, dialog, text)


def name(qtbot, dialog, text):
    """Type into the field that is open, and wait until it has been taken."""
    with qtbot.waitSignal(dialog.draft.planned, timeout=PATIENCE_MS):
        type_name(qtbot, dialog, text)
    settle(qtbot, dialog)


def type_name(qtbot, dialog, text):
    # The field before it may not be gone yet.
    (edit,) = (it for it in dialog.view.findChildren(QLineEdit) if it.isVisible())
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    return edit


def choices(dialog):
    return [dict(plan.choice) for plan in dialog.draft.wish.plans]


def test_everything_is_shown_before_it_is_sent(opened, family):
    dialog = opened(family)

    assert dialog.windowTitle() == "Load images"
    assert dialog.headline.text() == "2 images with 3 tags will be loaded; 30.7 kB will be sent."
    assert (says(dialog, 0, column=WHAT), says(dialog, 0)) == ("family.tar", "2 of 2 images")
    assert says(dialog, 0, column=SIZE) == "30.7 kB"
    assert says(dialog, 0, 0, column=WHAT) == "base:1  +1"
    assert says(dialog, 0, 0, column=PLATFORM) == "linux/amd64"
    assert says(dialog, 0, 1, column=LAYERS) == "0 of 2"
    assert [says(dialog, 0, 0, tag) for tag in (0, 1)] == ["New", "New"]
    assert choices(dialog) == [{BASE.id: BASE.tags, APP.id: APP.tags}]


def test_a_tag_that_moves_says_from_whom_and_enter_is_safe(qtbot, opened, family):
    dialog = opened(family)

    assert says(dialog, 0, 1, 0) == "Moves away from aaaaaaaaaaaa, which keeps app:0"
    assert dialog.warning.text() == "app:1 moves away from aaaaaaaaaaaa, which has it now."
    assert not at(dialog, 0, 1, 0, column=EFFECT).data(Qt.ItemDataRole.DecorationRole).isNull()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Rejected


def test_what_is_unticked_is_not_sent(qtbot, opened, family):
    dialog = opened(family)
    tick(qtbot, dialog, 0, 1, 0)

    assert says(dialog, 0, 1, 0) == "Left out"
    assert not dialog.warning.isVisible()
    assert says(dialog, 0) == "2 of 2 images · rewritten as chosen"
    assert choices(dialog) == [{BASE.id: BASE.tags, APP.id: ()}]

    tick(qtbot, dialog, 0, 1)
    assert says(dialog, 0, 1) == "Left out"
    assert ticked(dialog, 0) is Qt.CheckState.PartiallyChecked
    assert choices(dialog) == [{BASE.id: BASE.tags}]
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted


def test_the_mouse_ticks_as_well(qtbot, opened, family):
    dialog = opened(family)
    box = dialog.view.visualRect(at(dialog, 0, 0, 1))

    place = QPoint(box.left() + 10, box.center().y())
    qtbot.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, dialog)

    assert choices(dialog)[0][BASE.id] == ("base:1",)


def test_a_tag_brings_its_image_along(qtbot, opened, family):
    dialog = opened(family)
    tick(qtbot, dialog, 0, 0)
    assert BASE.id not in choices(dialog)[0]

    tick(qtbot, dialog, 0, 0, 1)
    assert choices(dialog)[0][BASE.id] == BASE.tags


def test_a_whole_archive_is_left_out_and_taken_again(qtbot, opened, family, tmp_path):
    other = write_archive(tmp_path / "other.tar", [Sketch((TWO,), ("other:1",))])
    dialog = opened(family, other)

    tick(qtbot, dialog, 0)
    assert says(dialog, 0) == "Nothing of it is loaded"
    assert [plan.surveyed.contents.place.path for plan in dialog.draft.wish.plans] == [other]
    tick(qtbot, dialog, 1)
    assert (dialog.verb.isEnabled(), dialog.reason.text()) == (False, "No image is ticked.")
    assert dialog.headline.text() == "Nothing will be loaded."
    tick(qtbot, dialog, 0)
    assert len(choices(dialog)[0]) == 2


def test_many_rows_are_ticked_at_once(qtbot, opened, family):
    dialog = opened(family)
    qtbot.keyClick(dialog.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Space)
    settle(qtbot, dialog)

    assert dialog.draft.wish.plans == ()


def test_a_tag_gets_another_name(qtbot, opened, family):
    dialog = opened(family)
    rename(qtbot, dialog, "team/app", 0, 1, 0)

    assert says(dialog, 0, 1, 0, column=WHAT) == "team/app:latest"
    assert says(dialog, 0, 1, 0) == "New · app:1 in the archive"
    assert choices(dialog)[0][APP.id] == ("team/app:latest",)

    rename(qtbot, dialog, "\b", 0, 1, 0)
    assert choices(dialog)[0][APP.id] == ("app:1",)


def test_a_name_that_no_engine_takes_is_not_taken(qtbot, opened, family):
    dialog = opened(family)
    dialog.view.setCurrentIndex(at(dialog, 0, 1, 0))
    qtbot.keyClick(dialog.view, Qt.Key.Key_F2)
    edit = type_name(qtbot, dialog, "Upper/case")
    QApplication.processEvents()

    assert edit.isVisible()
    assert "has capital letters" in dialog.problem.text()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.problem.isVisible()
    assert choices(dialog)[0][APP.id] == ("app:1",)


def test_an_image_without_a_name_can_be_given_one(qtbot, opened, tmp_path):
    dialog = opened(write_archive(tmp_path / "bare.tar", [Sketch((ONE,))]))
    assert says(dialog, 0, 0, 0) == "Has no name in the archive, and can be given one"
    assert "1 image without a tag" in dialog.headline.text()

    dialog.view.setCurrentIndex(at(dialog, 0, 0, 0))
    qtbot.mouseClick(dialog.rename, Qt.MouseButton.LeftButton)
    name(qtbot, dialog, "bare:1")

    assert ticked(dialog, 0, 0, 0) is Qt.CheckState.Checked
    assert list(choices(dialog)[0].values()) == [("bare:1",)]


def test_only_tags_are_renamed(opened, family):
    dialog = opened(family)
    for rows, can in (((0,), False), ((0, 0), False), ((0, 0, 0), True)):
        dialog.view.setCurrentIndex(at(dialog, *rows))
        assert dialog.rename.isEnabled() is can


def test_how_an_archive_is_converted_is_said(opened, family, tmp_path):
    packed = tmp_path / "family.tar.gz"
    packed.write_bytes(gzip.compress(family.read_bytes()))
    layout = Layout()
    layout.add(Sketch((TWO,), ("oci:1",)), pack=zstd)
    folder = write_folder(tmp_path / "layout", layout.done())
    dialog = opened(packed, folder)

    assert says(dialog, 0) == "2 of 2 images · decompressed (gzip)"
    assert says(dialog, 1).startswith("1 image · OCI layout, converted to a docker archive")


def test_what_is_wrong_stands_beside_what_is_fine(opened, family, file_system, tmp_path):
    text, empty = tmp_path / "text.tar", tmp_path / "empty.tar"
    text.write_text("no archive\n" * 100)
    empty.write_bytes(bytes(10_240))
    broken = {
        "c.json": APP.config,
        "one.tar": ONE.content,
        "manifest.json": b'[{"Config":"c.json","RepoTags":["app:1"],'
        b'"Layers":["one.tar","../../etc/passwd"]}]',
    }
    hostile = write_tar(tmp_path / "hostile.tar", broken)
    dialog = opened(text, empty, hostile, tmp_path / "missing.tar", file_system, family)

    assert says(dialog, 0) == "text.tar is no archive of images."
    assert says(dialog, 0, 0, column=WHAT) == "What to do"
    assert says(dialog, 1) == "There is no image in empty.tar."
    assert says(dialog, 2) == "No image of it can be loaded"
    assert "leads out of the archive" in says(dialog, 2, 0)
    assert says(dialog, 3) == "missing.tar is not there."
    assert says(dialog, 4) == "root.tar is a root file system, not an archive of images."
    assert "5 files hold nothing that can be loaded." in dialog.warning.text()
    assert len(dialog.draft.wish.plans) == 1
    assert dialog.verb.isEnabled()


def test_what_cannot_be_loaded_has_no_box(opened, tmp_path):
    files = {"manifest.json": b'[{"Config":"no.json","RepoTags":["a:1"],"Layers":["no.tar"]}]'}
    dialog = opened(write_tar(tmp_path / "broken.tar", files))

    for rows in ((0,), (0, 0), (0, 0, 0), (0, 0, 1)):
        assert at(dialog, *rows).data(Qt.ItemDataRole.CheckStateRole) is None
    assert dialog.reason.text() == "There is no image here that could be loaded."


def test_a_root_file_system_is_offered_to_be_imported(qtbot, opened, file_system, imported):
    dialog = opened(file_system)
    assert dialog.import_one.isVisible()
    assert dialog.reason.text() == "There is no image here, but something to import."

    qtbot.mouseClick(dialog.import_one, Qt.MouseButton.LeftButton)

    assert imported == [file_system]
    assert not dialog.isVisible()


def test_the_dialog_stays_where_images_are_left_to_load(
    qtbot, opened, family, file_system, imported
):
    dialog = opened(family, file_system)
    qtbot.mouseClick(dialog.import_one, Qt.MouseButton.LeftButton)

    assert imported == [file_system]
    assert dialog.isVisible()


def test_more_files_are_added_and_what_was_wished_stays(qtbot, opened, family, tmp_path):
    dialog = opened()
    assert dialog.headline.text() == "Choose archives to load, or drop them here"
    assert not dialog.verb.isEnabled()

    dialog.draft.add([family])
    settle(qtbot, dialog)
    tick(qtbot, dialog, 0, 0)
    dialog.draft.add([write_archive(tmp_path / "b.tar", [Sketch((TWO,), ("b:1",))]), family])
    settle(qtbot, dialog)

    assert [list(choice) for choice in choices(dialog)] == [
        [APP.id],
        [Sketch((TWO,), ("b:1",)).id],
    ]


def test_of_two_archives_one_gets_a_tag_that_both_have(opened, family, tmp_path):
    other = write_archive(tmp_path / "other.tar", [Sketch((TWO,), APP.tags)])
    dialog = opened(family, other)

    assert says(dialog, 0, 1, 0) == "Goes to another image of this list"
    assert says(dialog, 1, 0, 0).startswith("Moves away from")


def test_the_plan_follows_the_engine(qtbot, opened, desk, family):
    dialog = opened(family)
    desk.engine.model.remove("app:1", force=False)
    desk.engine.model.add(BASE.id, BASE.tags)
    desk.refresh()
    settle(qtbot, dialog)

    assert says(dialog, 0, 1, 0) == "New"
    assert says(dialog, 0, 0) == "Already here"
    assert ticked(dialog, 0, 0) is Qt.CheckState.Unchecked


def test_nothing_is_loaded_that_is_not_shown(qtbot, opened, family):
    dialog = opened(family)
    dialog.draft.tick([Spot(0, 0)], ticked=False)

    assert not dialog.verb.isEnabled()
    settle(qtbot, dialog)
    assert dialog.verb.isEnabled()


def test_what_was_wished_before_holds_from_the_start(opened, family):
    wishes = Wishes({Spot(0, 0): False}, {Spot(0, 1, 0): "team/app:2"})
    dialog = opened(family, wishes=wishes)

    assert choices(dialog) == [{APP.id: ("team/app:2",)}]


def test_what_has_not_been_looked_into_is_left_out_after_a_stop(qtbot, opened, family, tmp_path):
    endless = tmp_path / "endless.tar.gz"
    with gzip.open(endless, "wb", compresslevel=1) as packed:
        packed.writelines([bytes(1 << 20)] * 300)
    dialog = opened(family)
    dialog.draft.add([endless])
    qtbot.waitUntil(dialog.progress.stop.isVisible, timeout=PATIENCE_MS)
    assert not dialog.verb.isEnabled()

    qtbot.mouseClick(dialog.progress.stop, Qt.MouseButton.LeftButton)
    settle(qtbot, dialog)

    assert says(dialog, 1) == "Was not looked into"
    assert not dialog.progress.isVisible()
    assert dialog.verb.isEnabled()


def test_closing_ends_all_work(qtbot, desk, opened, family):
    dialog = opened(family)
    dialog.draft.tick([Spot(0, 0)], ticked=False)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)
    assert dialog.result() == dialog.DialogCode.Rejected
