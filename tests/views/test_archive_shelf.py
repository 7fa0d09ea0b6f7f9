"""The shelf in the sidebar, by mouse and by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from layerhold.jobs.shelves import Shelf, ShelvedArchive
from layerhold.models.file_mime import file_mime
from layerhold.models.image_mime import ImageMime
from layerhold.planning.targets import WholeImage
from layerhold.views.archive_list import MOST_ROWS
from layerhold.views.archive_shelf import ArchiveShelf

WORK, GONE = Path("/work"), Path("/gone")
SHELVES = (
    Shelf(WORK, tuple(ShelvedArchive(WORK / name, 1000) for name in ("a.tar", "b.tar"))),
    Shelf(GONE, problem="No such file or directory"),
)
IMAGES = (WholeImage("sha256:1"),)
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def add():
    return QAction("&Add a folder…")


@pytest.fixture
def shelf(qtbot, add):
    shown = ArchiveShelf(add)
    qtbot.addWidget(shown)
    shown.resize(200, 300)
    shown.show()
    qtbot.waitExposed(shown)
    shown.show_shelves(SHELVES)
    return shown


def place(shelf, row):
    return shelf.list.visualRect(shelf.list.rows.index(row)).center()


def click(shelf, row, *, twice=False):
    QTest.mouseClick(shelf.list.viewport(), Qt.MouseButton.LeftButton, pos=place(shelf, row))
    if twice:
        QTest.mouseDClick(shelf.list.viewport(), Qt.MouseButton.LeftButton, pos=place(shelf, row))


def move(shelf, mime, row):
    """Over a row; whether it could be dropped there."""
    where, left = place(shelf, row), Qt.MouseButton.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(where, COPY, mime, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(shelf.list.viewport(), event)
    return event.isAccepted()


def drop(shelf, mime, row):
    move(shelf, mime, row)
    where, left = place(shelf, row).toPointF(), Qt.MouseButton.LeftButton
    event = QDropEvent(where, COPY, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(shelf.list.viewport(), event)
    return event.isAccepted()


def test_the_empty_shelf_has_a_next_step(shelf, add, qtbot):
    shelf.show_shelves(())
    assert not shelf.list.isVisible()
    assert shelf.begin.text() == "&Add a folder…"
    with qtbot.waitSignal(add.triggered):
        QTest.mouseClick(shelf.begin, Qt.MouseButton.LeftButton)
    shelf.show_shelves(SHELVES)
    assert shelf.list.isVisible()
    assert not shelf.begin.isVisible()


def test_it_is_called_archives(shelf):
    assert shelf.list.accessibleName() == "Archives"


@pytest.mark.parametrize("by_key", [True, False])
def test_an_archive_is_loaded(shelf, qtbot, by_key):
    with qtbot.waitSignal(shelf.list.loading_wanted) as wished:
        click(shelf, 1, twice=not by_key)
        if by_key:
            QTest.keyClick(shelf.list, Qt.Key.Key_Return)
    assert wished.args == [[WORK / "a.tar"]]


def test_folders_open_and_close(shelf):
    rows = shelf.list.rows
    click(shelf, 0, twice=True)
    assert rows.rowCount() == 3
    QTest.keyClick(shelf.list, Qt.Key.Key_Right)
    assert rows.rowCount() == 5
    click(shelf, 2)
    QTest.keyClick(shelf.list, Qt.Key.Key_Left)
    assert shelf.list.currentIndex().row() == 0
    QTest.keyClick(shelf.list, Qt.Key.Key_Left)
    assert rows.rowCount() == 3


@pytest.mark.parametrize(
    ("key", "modifier", "signal", "path"),
    [
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "removal_wanted", WORK),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, "saving_wanted", WORK),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "copying_wanted", WORK / "b.tar"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "showing_wanted", WORK),
    ],
)
def test_keys_and_the_menu_do_the_same(shelf, qtbot, key, modifier, signal, path):
    click(shelf, 2)
    with qtbot.waitSignal(getattr(shelf.list, signal)) as wished:
        QTest.keyClick(shelf.list, key, modifier)
    assert wished.args == [path]
    menu = shelf.list.menu(shelf.list.row)
    keys = [action.shortcut()[0] for action in menu.actions() if not action.shortcut().isEmpty()]
    (number,) = [
        n
        for n, each in enumerate(keys)
        if (each.key(), each.keyboardModifiers()) == (key, modifier)
    ]
    with qtbot.waitSignal(getattr(shelf.list, signal)) as wished:
        [each for each in menu.actions() if not each.shortcut().isEmpty()][number].trigger()
    assert wished.args == [path]


def test_images_dropped_anywhere_in_a_folder_are_for_it(shelf, qtbot):
    mime = ImageMime(IMAGES, ["a:1"])
    for row in (0, 1, 2):
        with qtbot.waitSignal(shelf.list.images_dropped) as wished:
            assert drop(shelf, mime, row)
        assert wished.args == [IMAGES, WORK]


def test_a_frame_shows_what_would_take_them(shelf):
    mime, before = ImageMime(IMAGES, ["a:1"]), shelf.list.grab().toImage()
    assert move(shelf, mime, 1)
    assert shelf.list.grab().toImage() != before
    QApplication.sendEvent(shelf.list.viewport(), QDragLeaveEvent())
    assert shelf.list.grab().toImage() == before


def test_a_folder_that_cannot_be_read_takes_nothing(shelf):
    assert not move(shelf, ImageMime(IMAGES, ["a:1"]), 3)
    assert not drop(shelf, ImageMime(IMAGES, ["a:1"]), 4)


def test_files_are_left_to_the_window(shelf, tmp_path):
    assert not move(shelf, file_mime([tmp_path / "a.tar"]), 1)


def test_a_refresh_keeps_the_place(shelf):
    click(shelf, 2)
    shelf.show_shelves([Shelf(WORK, (ShelvedArchive(WORK / "b.tar", 2000),))])
    assert shelf.list.row.path == WORK / "b.tar"
    shelf.show_shelves([Shelf(WORK)])
    assert shelf.list.row.path == WORK


def test_a_long_list_scrolls_by_itself(shelf):
    archives = tuple(ShelvedArchive(WORK / f"{number}.tar", 1) for number in range(5000))
    shelf.show_shelves([Shelf(WORK, archives)])
    assert shelf.list.sizeHint().height() // shelf.list.sizeHintForRow(0) == MOST_ROWS


def test_only_archives_begin_a_drag(shelf, monkeypatch):
    begun = []
    monkeypatch.setattr(
        "layerhold.views.archive_list.QDrag.exec", lambda drag, _: begun.append(drag.mimeData())
    )
    for row in (0, 1):
        start = place(shelf, row)
        QTest.mousePress(shelf.list.viewport(), Qt.MouseButton.LeftButton, pos=start)
        for way in (5, 20, 40):
            QTest.mouseMove(shelf.list.viewport(), start + QPoint(way, 0))
        QTest.mouseRelease(shelf.list.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert [mime.text() for mime in begun] == ["/work/a.tar"]
