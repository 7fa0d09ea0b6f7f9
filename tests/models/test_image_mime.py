"""Images on their way by mouse."""

import json

from PySide6.QtCore import QMimeData, QUrl

from layerhold.models.file_mime import file_mime
from layerhold.models.image_mime import FILES, IMAGES, ImageMime, dragged_images
from layerhold.planning.targets import OneTag, WholeImage

TARGETS = (WholeImage("sha256:1"), OneTag("sha256:2", "b:1"))


class Archive:
    """A promise that is kept, or not."""

    def __init__(self, kept=True):
        self.url = QUrl.fromLocalFile("/drops/ä b.tar")
        self.kept, self.asked = kept, 0

    def begin(self):
        raise AssertionError("only a drop begins it")

    def fulfil(self):
        self.asked += 1
        return self.kept

    def release(self):
        """Nobody waits."""


def test_what_is_dragged_arrives_as_it_was():
    assert dragged_images(ImageMime(TARGETS, ["a:1", "b:1"])) == TARGETS


def test_names_are_text_for_who_takes_text():
    assert ImageMime(TARGETS, ["a:1", "b:1"]).text() == "a:1\nb:1"


def test_images_of_another_run_and_other_things_are_not_ours(tmp_path):
    other = QMimeData()
    other.setData(IMAGES, json.dumps(["another", [["sha256:1", None]]]).encode())
    assert dragged_images(other) == ()
    assert dragged_images(file_mime([tmp_path / "a.tar"])) == ()


def test_without_a_promise_there_are_no_files():
    mime = ImageMime(TARGETS, ["a:1"])
    assert not mime.hasUrls()
    assert FILES not in mime.formats()


def test_who_only_hovers_learns_the_name_and_makes_nothing():
    archive = Archive()
    mime = ImageMime(TARGETS, ["a:1"], archive)
    assert mime.hasUrls()
    assert mime.urls() == [archive.url]
    assert mime.data(FILES).data() == b"file:///drops/%C3%A4%20b.tar\r\n"
    assert archive.asked == 0
    assert mime.was_asked


def test_after_the_drop_the_file_is_made_for_who_asks():
    archive = Archive()
    mime = ImageMime(TARGETS, ["a:1"], archive)
    mime.is_dropped = True
    assert mime.text() == "a:1"
    assert archive.asked == 0
    assert mime.urls() == [archive.url]
    assert archive.asked == 1


def test_a_promise_that_cannot_be_kept_gives_nothing():
    mime = ImageMime(TARGETS, ["a:1"], Archive(kept=False))
    mime.is_dropped = True
    assert mime.urls() == []


def test_files_are_files_and_text(tmp_path):
    mime = file_mime([tmp_path / "a.tar", tmp_path / "b.tar"])
    assert [url.toLocalFile() for url in mime.urls()] == mime.text().split("\n")
