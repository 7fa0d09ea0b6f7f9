"""Files that are dragged over a window, as Qt tells of them."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from layerhold.dialogs.file_drop import FileDrop
from layerhold.jobs.runner import JobRunner
from layerhold.models.image_mime import ImageMime
from layerhold.planning.targets import OneTag
from live.images import Layer, Sketch, write_archive

COPY, LEFT, PLAIN = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.NoModifier
PATIENCE_MS = 5000


class Mouse:
    """Drags something over a window."""

    def __init__(self, window, mime):
        self.window, self.mime = window, mime

    def enter(self):
        return self._send(QDragEnterEvent(QPoint(9, 9), COPY, self.mime, LEFT, PLAIN))

    def move(self):
        return self._send(QDragMoveEvent(QPoint(9, 10), COPY, self.mime, LEFT, PLAIN))

    def drop(self):
        return self._send(QDropEvent(QPointF(9, 10), COPY, self.mime, LEFT, PLAIN))

    def leave(self):
        QApplication.sendEvent(self.window, QDragLeaveEvent())

    def _send(self, event):
        event.ignore()
        QApplication.sendEvent(self.window, event)
        return event.isAccepted()


class Place:
    """A window on which files can be dropped, and what was dropped on it."""

    def __init__(self, qtbot, *, wants=True, builds=False):
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.runner = JobRunner(parent=self.window)
        self.drop = FileDrop(self.runner, self.window, lambda: wants, builds=builds)
        self.sign = self.drop._sign
        self.dropped = []
        self.drop.dropped.connect(self.dropped.append)
        self.drop.build_dropped.connect(self.dropped.append)

    def mouse(self, *paths):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return Mouse(self.window, mime)


@pytest.fixture
def place(qtbot):
    place = Place(qtbot)
    yield place
    qtbot.waitUntil(lambda: not place.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def archive(tmp_path):
    layer = Layer("COPY a /", {"a": b"a"})
    return write_archive(tmp_path / "a.tar", [Sketch((layer,), ("a:1",))])


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\n" * 200)
    return path


def test_an_archive_is_taken_and_the_window_says_so_meanwhile(qtbot, place, archive):
    mouse = place.mouse(archive)

    assert mouse.enter()
    assert place.sign.isVisible()
    qtbot.waitUntil(lambda: not place.runner.running, timeout=PATIENCE_MS)
    assert mouse.move()
    assert place.sign.said.text() == "Drop to load images from 1 file"
    assert mouse.drop()
    assert not place.sign.isVisible()
    qtbot.waitUntil(lambda: place.dropped == [[archive]], timeout=PATIENCE_MS)


def test_what_is_no_archive_is_refused(qtbot, place, text):
    mouse = place.mouse(text)
    mouse.enter()
    qtbot.waitUntil(lambda: "cannot" in place.sign.said.text(), timeout=PATIENCE_MS)

    assert not mouse.move()
    assert not mouse.drop()
    QApplication.processEvents()
    assert place.dropped == []


def test_of_several_files_those_that_can_be_opened_are_taken(qtbot, place, archive, text, tmp_path):
    layout, folder = tmp_path / "layout", tmp_path / "folder"
    for each in (layout, folder):
        each.mkdir()
    (layout / "index.json").write_text("{}")
    packed = tmp_path / "b.tar.gz"
    packed.write_bytes(b"\x1f\x8b\x08 and so on")
    mouse = place.mouse(archive, text, layout, folder, packed, tmp_path / "missing.tar")
    mouse.enter()
    qtbot.waitUntil(lambda: "3 files" in place.sign.said.text(), timeout=PATIENCE_MS)
    assert "the others cannot be opened" in place.sign.said.text()

    assert mouse.drop()
    qtbot.waitUntil(lambda: place.dropped == [[archive, layout, packed]], timeout=PATIENCE_MS)


def test_a_drop_that_is_quicker_than_the_look_takes_all(qtbot, place, archive, text):
    mouse = place.mouse(archive, text)
    mouse.enter()

    assert mouse.drop()
    qtbot.waitUntil(lambda: place.dropped == [[archive, text]], timeout=PATIENCE_MS)


def test_the_sign_goes_when_the_window_is_left_but_not_when_the_sign_is_entered(
    qtbot, place, archive
):
    mouse = place.mouse(archive)
    mouse.enter()
    mouse.leave()
    on_sign = Mouse(place.sign, mouse.mime)
    assert on_sign.enter()
    QApplication.processEvents()
    assert place.sign.isVisible()

    on_sign.leave()
    qtbot.waitUntil(lambda: not place.sign.isVisible(), timeout=PATIENCE_MS)


def test_text_addresses_and_images_of_ours_are_not_for_it(place):
    text, address = QMimeData(), QMimeData()
    text.setText("/etc/passwd")
    address.setUrls([QUrl("https://example.com/a.tar")])
    images = ImageMime([OneTag("sha256:a", "a:1")], ["a:1"])

    for mime in (text, address, images):
        assert not Mouse(place.window, mime).enter()
    assert not place.sign.isVisible()


def test_where_nothing_can_be_loaded_nothing_is_taken(qtbot, archive):
    place = Place(qtbot, wants=False)

    assert not place.mouse(archive).enter()
    assert not place.sign.isVisible()


@pytest.fixture
def main(qtbot):
    """A window on which builds can be dropped as well."""
    main = Place(qtbot, builds=True)
    yield main
    qtbot.waitUntil(lambda: not main.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n")
    (folder / "index.json").write_text("{}")
    return folder


@pytest.mark.parametrize("name", ["", "Dockerfile"])
def test_a_folder_with_a_dockerfile_or_the_file_alone_is_built(qtbot, main, source, name):
    mouse = main.mouse(source / name)
    mouse.enter()
    called = name or "source"
    said = f"Drop to build an image from {called}"
    qtbot.waitUntil(lambda: main.sign.said.text() == said, timeout=PATIENCE_MS)
    assert mouse.drop()
    qtbot.waitUntil(lambda: main.dropped == [source / name], timeout=PATIENCE_MS)


def test_of_files_that_somebody_has_named_none_is_left_out(qtbot, main, source, archive, text):
    main.drop.take((archive, text, text.with_name("missing.tar")))
    told = [[archive, text, text.with_name("missing.tar")]]
    qtbot.waitUntil(lambda: main.dropped == told, timeout=PATIENCE_MS)
    main.drop.take((source / "Dockerfile",))
    qtbot.waitUntil(lambda: main.dropped[1:] == [source / "Dockerfile"], timeout=PATIENCE_MS)


def test_a_quick_drop_is_sorted_out_too(qtbot, main, source, archive):
    mouse = main.mouse(source)
    mouse.enter()
    assert mouse.drop()
    qtbot.waitUntil(lambda: main.dropped == [source], timeout=PATIENCE_MS)

    mouse = main.mouse(archive)
    mouse.enter()
    assert mouse.drop()
    qtbot.waitUntil(lambda: main.dropped == [source, [archive]], timeout=PATIENCE_MS)


def test_a_layout_is_loaded_although_a_dockerfile_lies_in_it(qtbot, main, source):
    (source / "oci-layout").write_text("{}")
    mouse = main.mouse(source)
    mouse.enter()
    qtbot.waitUntil(lambda: "1 file" in main.sign.said.text(), timeout=PATIENCE_MS)
    assert mouse.drop()
    qtbot.waitUntil(lambda: main.dropped == [[source]], timeout=PATIENCE_MS)
