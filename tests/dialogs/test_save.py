from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt

from fakes.desks import desk_over, dialog, when_open
from layerhold.actions import change
from layerhold.archives.compression import Compression
from layerhold.dialogs.save import SaveDialog, SaveTools
from layerhold.engine.about import About, Caps, Kind, Store
from layerhold.jobs.save_place import look_at
from layerhold.planning.saving import Item
from layerhold.planning.targets import OneTag, WholeImage
from planning.model_engine import GraphDriver

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
DOCKER_20 = About(Kind.DOCKER, "20.10.24", "1.41", Store.GRAPH_DRIVER, caps=Caps(loads_zstd=False))
DOCKER_28 = About(Kind.DOCKER, "28.1", "1.48", Store.CONTAINERD, caps=Caps(saves_platform=True))
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    sizes = {"base": 1_000_000, "a": 10_000, "b": 20_000}
    model = GraphDriver(sizes=sizes)
    model.add(A, ["a:1", "a:2"], ["base", "a"]).add(B, ["b:1"], ["base", "b"]).add(C, [], ["b"])
    desk = desk_over(model)
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def opened(qtbot, desk, tmp_path):
    """A dialog on these targets, once it knows the folder."""

    def show(*targets, about=DOCKER_20, folder=tmp_path):
        look = partial(desk.runner.start, "Look")
        tools = SaveTools(
            lambda paths: look(partial(look_at, paths), quiet=True), partial(change.tag, desk)
        )
        dialog = SaveDialog(None, desk.library, about, targets, folder, tools)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


@pytest.fixture
def ready(qtbot, opened):
    def show(*targets, **others):
        dialog = opened(*targets, **others)
        known(qtbot, dialog)
        return dialog

    return show


def known(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.target.place is not None, timeout=PATIENCE_MS)


def retype(qtbot, edit, text):
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def choose(qtbot, box, text):
    while box.currentText() != text:
        qtbot.keyClick(box, Qt.Key.Key_Down)


def tick(qtbot, dialog, row):
    rows = dialog.list
    rows.setCurrentRow(row)
    qtbot.keyClick(rows, Qt.Key.Key_Space)


def test_one_tag_gets_a_file_of_its_name(ready, tmp_path):
    dialog = ready(OneTag(A, "a:1"))
    (file,) = dialog.wish.files
    assert file.path == tmp_path / "a_1.tar"
    assert file.items == (Item(A, "a:1"),)
    assert file.size == 1_010_000
    assert dialog.wish.compression is Compression.NONE
    assert dialog.headline.text() == "Save a:1 to a file"
    assert dialog.weight.text() == "About 1.01 MB"
    assert "free in this folder" in dialog.target.room.text()
    assert dialog.windowTitle() == "Save images"


def test_enter_saves(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    qtbot.keyClick(dialog.target.name, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted


def test_rows_are_chosen_by_their_boxes(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    assert not dialog.each.isVisible()
    tick(qtbot, dialog, 1)
    known(qtbot, dialog)
    assert dialog.wish.files[0].items == (Item(A, "a:1"), Item(A, "a:2"))
    assert dialog.target.name.text() == "a.tar"
    assert dialog.each.isVisible()
    tick(qtbot, dialog, 0)
    tick(qtbot, dialog, 1)
    assert dialog.wish is None
    assert not dialog.verb.isEnabled()
    assert dialog.reason.text() == "Tick what is to be saved."


def test_one_file_each(qtbot, ready):
    dialog = ready(WholeImage(A), WholeImage(B))
    qtbot.mouseClick(dialog.each, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    known(qtbot, dialog)
    assert not dialog.target.name.isVisible()
    assert [file.path.name for file in dialog.wish.files] == ["a_1.tar", "a_2.tar", "b_1.tar"]
    assert [len(file.items) for file in dialog.wish.files] == [1, 1, 1]
    assert dialog.headline.text() == "Save 3 tags to files"
    assert dialog.target.files.text() == "a_1.tar, a_2.tar, b_1.tar"
    tick(qtbot, dialog, 2)
    assert dialog.target.files.text() == "a_1.tar, a_2.tar"


def test_shared_layers_count_once_in_one_archive(ready):
    dialog = ready(WholeImage(A), WholeImage(B))
    assert dialog.wish.files[0].size == 1_030_000


def test_the_suffix_follows_the_compression_and_the_users_name_stays(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    choose(qtbot, dialog.options.compression, "gzip")
    assert dialog.target.name.text() == "a_1.tar.gz"
    assert dialog.weight.text() == "At most about 1.01 MB"
    retype(qtbot, dialog.target.name, "mine.tar.gz")
    choose(qtbot, dialog.options.compression, "zstd")
    assert dialog.target.name.text() == "mine.tar.zst"
    tick(qtbot, dialog, 1)
    assert dialog.target.name.text() == "mine.tar.zst"
    known(qtbot, dialog)
    assert dialog.wish.compression is Compression.ZSTD


def test_zstd_is_warned_of_where_the_engine_cannot_load_it(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    choose(qtbot, dialog.options.compression, "gzip")
    assert not dialog.options.warning.isVisible()
    choose(qtbot, dialog.options.compression, "zstd")
    assert "Docker 20.10.24 itself cannot load" in dialog.options.warning.text()
    newer = ready(OneTag(A, "a:1"), about=DOCKER_28)
    choose(qtbot, newer.options.compression, "zstd")
    assert not newer.options.warning.isVisible()


def test_a_platform_is_offered_where_the_engine_can_save_one(qtbot, ready):
    assert not ready(OneTag(A, "a:1")).options.platform.isVisible()
    dialog = ready(OneTag(A, "a:1"), about=DOCKER_28)
    assert dialog.wish.platform == ""
    choose(qtbot, dialog.options.platform, "linux/arm64")
    assert dialog.wish.platform == "linux/arm64"


def test_what_is_there_is_asked_about_and_enter_is_safe(qtbot, ready, tmp_path):
    (tmp_path / "a_1.tar").write_bytes(b"before")
    dialog = ready(OneTag(A, "a:1"))
    assert dialog.target.said.text() == "a_1.tar is there already."
    assert dialog.wish is None
    qtbot.keyClick(dialog.target.replace, Qt.Key.Key_Space)
    assert dialog.wish.files[0].replaces
    assert dialog.verb.isEnabled()
    qtbot.keyClick(dialog.target.name, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Rejected


def test_leave_to_replace_holds_for_that_name_only(qtbot, ready, tmp_path):
    for name in ("a_1.tar", "b.tar"):
        (tmp_path / name).write_bytes(b"before")
    dialog = ready(OneTag(A, "a:1"))
    qtbot.keyClick(dialog.target.replace, Qt.Key.Key_Space)
    retype(qtbot, dialog.target.name, "b.tar")
    known(qtbot, dialog)
    assert dialog.wish is None
    retype(qtbot, dialog.target.name, "c.tar")
    known(qtbot, dialog)
    assert not dialog.wish.files[0].replaces


@pytest.mark.parametrize(
    ("typed", "said"),
    [("a/b.tar", "Give a name without slashes"), ("x" * 256, "The name is too long.")],
)
def test_what_is_wrong_with_a_name_is_said(qtbot, ready, typed, said):
    dialog = ready(OneTag(A, "a:1"))
    retype(qtbot, dialog.target.name, typed)
    qtbot.waitUntil(lambda: dialog.target.said.text().startswith(said), timeout=PATIENCE_MS)


def test_a_name_as_long_as_file_systems_take_is_taken(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    dialog.target.name.clear()
    qtbot.keyClicks(dialog.target.name, "x" * 255)
    known(qtbot, dialog)
    assert dialog.wish.files[0].path.name == "x" * 255


def test_a_folder_without_room_is_refused_unless_compression_may_make_it_enough(
    qtbot, ready, monkeypatch
):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    dialog = ready(OneTag(A, "a:1"))
    assert dialog.wish is None
    assert not dialog.verb.isEnabled()
    assert dialog.reason.text() == (
        "There is no room in the folder: 1.01 MB are needed, and 1 MB are free."
    )
    choose(qtbot, dialog.options.compression, "gzip")
    known(qtbot, dialog)
    assert dialog.verb.isEnabled()


@pytest.mark.parametrize("wrong", ["", "a/b.tar", "..", "x" * 300])
def test_a_name_that_no_file_can_have(qtbot, ready, wrong):
    dialog = ready(OneTag(A, "a:1"))
    retype(qtbot, dialog.target.name, wrong or "\b")
    assert dialog.wish is None
    assert not dialog.verb.isEnabled()


def test_a_folder_that_is_none_is_said(qtbot, opened, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for name, said in (("missing", "is not there"), ("file", "could not be written")):
        dialog = opened(OneTag(A, "a:1"), folder=tmp_path / name)
        qtbot.waitUntil(lambda d=dialog, s=said: s in d.target.said.text())
        assert dialog.wish is None
    retype(qtbot, dialog.target.folder, str(tmp_path))
    known(qtbot, dialog)
    assert dialog.wish.files[0].path == tmp_path / "a_1.tar"


def test_a_relative_folder_is_refused(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    retype(qtbot, dialog.target.folder, "somewhere")
    qtbot.waitUntil(lambda: "from the root on" in dialog.target.said.text())
    assert dialog.wish is None


def test_home_may_be_written_short(qtbot, ready):
    dialog = ready(OneTag(A, "a:1"))
    retype(qtbot, dialog.target.folder, "~")
    known(qtbot, dialog)
    assert dialog.wish.files[0].path == Path.home() / "a_1.tar"


def test_an_untagged_image_says_what_is_lost_and_can_be_tagged(qtbot, ready):
    shown = ready(WholeImage(C))
    assert "has no tag" in shown.untagged.text()
    assert shown.wish.files[0].items == (Item(C),)
    assert shown.target.name.text() == "cccccccccccc.tar"

    def give(asking):
        qtbot.keyClicks(asking.name.edit, "c:9")
        qtbot.keyClick(asking.name.edit, Qt.Key.Key_Return)

    def later():
        qtbot.mouseClick(shown.give_tag, Qt.MouseButton.LeftButton)

    when_open(give)
    later()
    assert dialog() is None
    qtbot.waitUntil(lambda: shown.list.ticked == (Item(C, "c:9"),), timeout=PATIENCE_MS)
    assert not shown.untagged.isVisible()
    known(qtbot, shown)
    assert shown.target.name.text() == "c_9.tar"


def test_a_tag_that_goes_meanwhile_is_told(desk, ready):
    dialog = ready(OneTag(A, "a:1"))
    desk.engine.tag(B, "a:1")
    desk.refresh()
    assert dialog.lost.text() == "a:1 is no tag of this image any more, and is not saved."
    assert dialog.headline.text() == "Nothing will be saved"
    assert dialog.target.name.isVisible()
    assert not dialog.verb.isEnabled()


def test_images_without_a_tag_are_not_counted_as_tags(ready):
    dialog = ready(WholeImage(A), WholeImage(C))
    assert dialog.headline.text() == "Save 2 tags and 1 image without a tag to a file"


def test_an_image_that_goes_meanwhile_leaves_the_list(desk, ready):
    dialog = ready(WholeImage(A), WholeImage(B))
    desk.engine.model.remove("b:1", force=False)
    desk.refresh()
    assert dialog.list.ticked == (Item(A, "a:1"), Item(A, "a:2"))
