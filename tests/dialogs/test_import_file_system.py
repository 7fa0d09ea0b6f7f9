"""The dialog that asks what to make of a root file system."""

import pytest
from PySide6.QtCore import Qt

from archives.layouts import packed, write_tar
from fakes.desks import desk_over
from layerhold.dialogs.import_file_system import ImportDialog
from layerhold.domain.committing import ImportWish
from layerhold.engine.about import About, Caps, Kind, Store
from live.images import Layer, Sketch, write_archive
from planning.model_engine import GraphDriver

A = f"sha256:{'a' * 64}"
DOCKER = About(Kind.DOCKER, "28", "1.48", Store.GRAPH_DRIVER, caps=Caps(imports_platform=True))
PODMAN = About(Kind.PODMAN, "4.3", "1.40", Store.GRAPH_DRIVER, caps=Caps(loads_as_localhost=True))
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot):
    desk = desk_over(GraphDriver().add(A, ["made:1", "localhost/made:1"]))
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def opened(qtbot, desk):
    def show(path=None, about=DOCKER):
        dialog = ImportDialog(None, desk.library, about, desk.runner, path)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(qtbot, dialog)
        return dialog

    return show


@pytest.fixture
def root(tmp_path):
    return write_tar(tmp_path / "root.tar", {"etc/hostname": b"", "bin/sh": b"", "usr/a": b""})


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.is_settled, timeout=PATIENCE_MS)


def test_all_of_it_is_asked(qtbot, opened, root):
    dialog = opened(root)
    assert dialog.windowTitle() == "Import file system"
    assert dialog.source.found.text() == "A root file system, 10.2 kB"

    qtbot.keyClicks(dialog.name.edit, "new:1")
    qtbot.keyClicks(dialog.message, "from a stick")
    qtbot.keyClicks(dialog.changes.edit, 'CMD ["sh"]')
    qtbot.keyClick(dialog.changes.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.changes.edit, "ENV A=b")
    dialog.platform.setCurrentIndex(dialog.platform.findData("linux/arm64"))
    qtbot.keyClick(dialog.message, Qt.Key.Key_Return)

    assert dialog.result() == dialog.DialogCode.Accepted
    wish = ImportWish("new:1", "from a stick", ('CMD ["sh"]', "ENV A=b"), "linux/arm64")
    assert (dialog.order.wish, dialog.order.holder) == (wish, "")


def test_a_file_is_typed_and_looked_at(qtbot, opened, root):
    dialog = opened()
    assert dialog.order is None
    assert not dialog.verb.isEnabled()

    qtbot.keyClicks(dialog.source.edit, str(root))
    settle(qtbot, dialog)

    assert dialog.order.system.place.path == root
    assert dialog.order.wish == ImportWish()


def test_whose_tag_would_move_is_said_and_enter_is_safe(qtbot, opened, root):
    dialog = opened(root)
    qtbot.keyClicks(dialog.name.edit, "made:1")

    assert "loses it" in dialog.name.warning.text()
    assert dialog.order.holder == A
    qtbot.keyClick(dialog.message, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Rejected


def test_names_are_read_as_the_engine_reads_them(qtbot, opened, root):
    dialog = opened(root, about=PODMAN)
    qtbot.keyClicks(dialog.name.edit, "made:1")

    assert dialog.order.wish.reference == "localhost/made:1"
    assert dialog.order.holder == A
    assert not dialog.platform.isVisible()


@pytest.mark.parametrize(("field", "text"), [("name", "Upper/x"), ("changes", "RUN make")])
def test_what_is_wrong_is_said(qtbot, opened, root, field, text):
    dialog = opened(root)
    part = dialog.name.field if field == "name" else dialog.changes
    qtbot.keyClicks(part.edit, text)

    assert dialog.order is None
    assert not dialog.verb.isEnabled()
    assert part.said.isVisible()


def test_what_is_no_tar_is_refused_in_words(opened, tmp_path):
    text = tmp_path / "text.tar"
    text.write_text("Dear all,\n" * 100)
    dialog = opened(text)

    assert dialog.source.problem.text() == f"{text} is no tar archive of files."
    assert not dialog.verb.isEnabled()


def test_what_is_not_sure_to_be_meant_is_warned_of(opened, tmp_path):
    layer = Layer("COPY a /", {"a": b"a"})
    images = write_archive(tmp_path / "images.tar", [Sketch((layer,), ("a:1",))])
    program = tmp_path / "program.tar"
    program.write_bytes(packed({"app": b"a program"}))

    assert "load it rather than import it" in opened(images).source.problem.text()
    assert "none of the folders" in opened(program).source.problem.text()
    assert opened(program).verb.isEnabled()
