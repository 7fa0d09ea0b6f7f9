"""Saving to a folder of the shelf, and making archives for other programs."""

from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from fakes.desks import desk_over, dialog, when_open
from layerhold.actions.archive_promise import ArchivePromise
from layerhold.actions.promising import Promiser
from layerhold.actions.saving_images import save, save_to
from layerhold.dialogs.drop_progress import DropProgress
from layerhold.dialogs.file_chip import FileChip
from layerhold.dialogs.save import SaveDialog
from layerhold.domain.errors import EngineGone
from layerhold.jobs.drop_folder import DropFolder
from layerhold.jobs.job import Outcome
from layerhold.planning.saving import Item
from layerhold.planning.targets import OneTag, WholeImage
from live.images import Layer, Sketch, write_archive
from planning.model_engine import GraphDriver

WEB = Sketch((Layer("ADD web /", {"srv/web": b"w" * 200_000}),), ("web:1", "web:latest"))
BARE = Sketch((Layer("ADD bare /", {"srv/bare": b"b" * 1000}),))
BOTH = (OneTag(WEB.id, "web:1"), OneTag(WEB.id, "web:latest"))
PATIENCE_MS = 5000


@pytest.fixture
def desk(qtbot, tmp_path):
    model = GraphDriver(sizes={"web": 200_000, "bare": 1000})
    model.add(WEB.id, list(WEB.tags), ["web"]).add(BARE.id, [], ["bare"])
    desk = desk_over(model)
    archive = write_archive(tmp_path / "engine.tar", (WEB, BARE))
    desk.engine.archive = archive.read_bytes()
    archive.unlink()
    qtbot.addWidget(desk.window)
    yield desk
    qtbot.waitUntil(lambda: not desk.runner.running, timeout=PATIENCE_MS)


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def jobs(desk):
    started = []
    desk.runner.started.connect(lambda job: started.append(job))
    return started


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def wait_for_file(qtbot, path):
    qtbot.waitUntil(path.exists, timeout=PATIENCE_MS)


def test_where_nothing_has_to_be_asked_nothing_is(qtbot, desk, jobs, shelf):
    save_to(desk, [WholeImage(WEB.id)], shelf)
    wait_for_file(qtbot, shelf / "web.tar")
    qtbot.waitUntil(lambda: not jobs[-1].running, timeout=PATIENCE_MS)
    assert jobs[-1].files == (shelf / "web.tar",)
    assert jobs[-1].way_on.text == "Show in folder"
    assert str(shelf / "web.tar") in desk.notices.text


def test_only_the_tags_that_were_dragged_are_saved(qtbot, desk, jobs, shelf):
    save_to(desk, BOTH[:1], shelf)
    wait_for_file(qtbot, shelf / "web_1.tar")
    qtbot.waitUntil(lambda: not jobs[-1].running, timeout=PATIENCE_MS)
    assert jobs[-1].result.files[0].items == (Item(WEB.id, "web:1"),)


def asked(qtbot, desk, targets, shelf):
    """The dialog that opens, as it stands once it knows the folder."""
    seen = []

    def look(opened):
        assert isinstance(opened, SaveDialog)
        qtbot.waitUntil(lambda: opened.target._job is None and not opened.target._pause.isActive())
        seen.append((opened.target.folder.text(), opened.target.name.text(), opened.list.ticked))
        qtbot.mouseClick(opened.cancel, Qt.MouseButton.LeftButton)

    when_open(look)
    save_to(desk, targets, shelf)
    qtbot.waitUntil(lambda: bool(seen) and dialog() is None, timeout=PATIENCE_MS)
    return seen[0]


def test_a_file_that_is_there_is_asked_about(qtbot, desk, shelf):
    (shelf / "web.tar").write_text("precious")
    assert asked(qtbot, desk, BOTH, shelf)[:2] == (str(shelf), "web.tar")
    assert (shelf / "web.tar").read_text() == "precious"


def test_an_image_without_a_tag_is_asked_about(qtbot, desk, shelf):
    assert asked(qtbot, desk, [WholeImage(BARE.id)], shelf)[2] == (Item(BARE.id),)
    assert names(shelf) == []


def test_a_folder_that_is_gone_is_asked_about(qtbot, desk, shelf):
    shelf.rmdir()
    assert asked(qtbot, desk, BOTH, shelf)[0] == str(shelf)


def test_saving_to_a_folder_without_a_selection_says_what_to_do(desk, jobs, shelf):
    save(desk, (), shelf)
    assert desk.notices.text.startswith("No image is selected. Select images in the list first")
    assert jobs == []


def test_images_that_are_gone_are_not_saved(desk, jobs, shelf):
    save_to(desk, [WholeImage("sha256:gone")], shelf)
    assert jobs == []


def test_a_retry_asks_for_another_file_where_that_one_is_in_the_way(qtbot, desk, jobs, shelf):
    target = shelf / "web_1.tar"
    desk.engine.before_each_call = lambda name: target.touch() if name == "block" else None
    save_to(desk, BOTH[:1], shelf)
    qtbot.waitUntil(lambda: jobs[-1].outcome is Outcome.FAILED, timeout=PATIENCE_MS)
    seen = []

    def look(opened):
        qtbot.waitUntil(lambda: opened.target.replace.isVisible(), timeout=PATIENCE_MS)
        seen.append((opened.target.paths, opened.list.ticked))
        opened.reject()

    when_open(look)
    jobs[-1].retry()
    assert seen == [((target,), (Item(WEB.id, "web:1"),))]


@pytest.fixture
def promise(desk, tmp_path):
    items = tuple(Item(WEB.id, target.tag) for target in BOTH)
    return ArchivePromise(desk, desk.engine, items, DropFolder(tmp_path / "drops"))


def window():
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, DropProgress)]
    return shown[-1] if shown else None


def test_a_promise_makes_nothing_before_it_is_wanted(promise, jobs, tmp_path):
    assert promise.url.toLocalFile() == str(promise.path)
    assert promise.path.name == "web.tar"
    promise.release()
    assert jobs == []
    assert not (tmp_path / "drops").exists()


def test_a_promise_is_kept_while_the_window_lives(promise, qtbot):
    turns = []
    QTimer.singleShot(0, lambda: turns.append("alive"))
    assert promise.fulfil()
    assert turns
    assert promise.path.exists()
    assert promise.fulfil(), "whoever asks twice gets the same"
    promise.release()
    qtbot.waitUntil(lambda: window() is None, timeout=PATIENCE_MS)


def test_cancelling_gives_nothing_and_leaves_nothing(promise, desk, tmp_path):
    cancelled = Event()

    def wait(asked):
        if asked == "block":
            cancelled.wait(PATIENCE_MS / 1000)

    def cancel():
        window().cancel.click()
        cancelled.set()

    desk.engine.before_each_call = wait
    QTimer.singleShot(50, cancel)
    assert not promise.fulfil()
    assert promise._job.outcome is Outcome.CANCELLED
    assert [path.name for path in (tmp_path / "drops").rglob("*") if path.is_file()] == ["lock"]
    assert not promise.path.parent.exists()


def test_a_failure_gives_nothing_and_is_told(promise, desk):
    def fail(asked):
        if asked == "block":
            raise EngineGone("memory")

    desk.engine.before_each_call = fail
    assert not promise.fulfil()
    assert desk.notices.text
    assert not promise.path.parent.exists()


def test_who_does_not_wait_is_offered_the_archive_afterwards(promise, qtbot):
    promise.begin()
    shown = window()
    promise.release()
    assert shown.isVisible()
    assert "has not waited" in shown.said.text()
    qtbot.waitUntil(shown.folder.isVisible, timeout=PATIENCE_MS)
    assert shown.said.text() == "The archive is complete. Drag it from here:"
    assert shown.findChild(FileChip).accessibleName() == "web.tar"
    qtbot.mouseClick(shown.copier, Qt.MouseButton.LeftButton)
    (url,) = QApplication.clipboard().mimeData().urls()
    assert promise.path.samefile(url.toLocalFile())
    qtbot.mouseClick(shown.cancel, Qt.MouseButton.LeftButton)
    assert promise.path.exists()


def test_images_that_are_dragged_once_more_are_there_already(desk, qtbot, jobs, monkeypatch, home):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    promiser = Promiser(desk, desk.window)
    first = promiser.promise(BOTH)
    assert first.fulfil()
    first.release()
    qtbot.waitUntil(lambda: window() is None, timeout=PATIENCE_MS)
    before = len(jobs)

    again, other = promiser.promise(BOTH), promiser.promise(BOTH[:1])

    assert again.path == first.path
    assert again.path.is_relative_to(home)
    assert again.fulfil()
    assert len(jobs) == before
    assert other.path != first.path
    again.release()
    other.release()
