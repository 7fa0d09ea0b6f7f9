"""The rows of the shelf, under Qt's own model tester."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.jobs.shelves import Shelf, ShelvedArchive
from layerhold.models.shelf_rows import ArchiveRow, FolderRow, RemarkRow, ShelfRows
from layerhold.models.sidebar_roles import ASIDE

WORK, OLD = Path("/home/me/work"), Path("/mnt/old/work")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def rows(qapp):
    del qapp
    model = ShelfRows()
    model.tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return model


def shelf(folder, *names, problem=""):
    archives = tuple(ShelvedArchive(folder / name, 1000) for name in names)
    return Shelf(folder, archives, problem)


def texts(rows):
    return [rows.index(row).data() for row in range(rows.rowCount())]


def kinds(rows):
    return [type(rows.row(rows.index(row))) for row in range(rows.rowCount())]


def test_folders_stand_above_their_archives(rows):
    rows.show_shelves([shelf(WORK, "a.tar", "b.tar.gz")])
    assert texts(rows) == ["work", "a.tar", "b.tar.gz"]
    assert kinds(rows) == [FolderRow, ArchiveRow, ArchiveRow]
    assert [rows.index(row).data(ASIDE) for row in range(3)] == ["2", "1 kB", "1 kB"]
    assert rows.index(0).data(SPOKEN) == "work, folder, 2 archives, open"
    assert rows.index(1).data(SPOKEN) == "a.tar, 1 kB"


def test_two_folders_of_one_name_are_told_apart(rows):
    rows.show_shelves([shelf(WORK, "a.tar"), shelf(OLD, "a.tar")])
    assert texts(rows)[::2] == ["me/work", "old/work"]


def test_why_nothing_is_there_stands_in_a_row(rows):
    rows.show_shelves([shelf(WORK), shelf(OLD, problem="Permission denied")])
    assert kinds(rows) == [FolderRow, RemarkRow] * 2
    assert texts(rows)[1::2] == ["No archives yet", "Permission denied"]
    assert "Cannot be read: Permission denied" in rows.index(2).data(Qt.ItemDataRole.ToolTipRole)


def test_a_closed_folder_stays_closed_while_its_content_changes(rows):
    rows.show_shelves([shelf(WORK, "a.tar")])
    rows.toggle(WORK)
    rows.show_shelves([shelf(WORK, "a.tar", "b.tar")])
    assert texts(rows) == ["work"]
    assert rows.index(0).data(SPOKEN) == "work, folder, 2 archives, closed"
    rows.toggle(WORK)
    assert texts(rows) == ["work", "a.tar", "b.tar"]


def test_only_archives_can_be_dragged(rows):
    rows.show_shelves([shelf(WORK, "a.tar"), shelf(OLD)])
    drag = Qt.ItemFlag.ItemIsDragEnabled
    assert [bool(rows.index(row).flags() & drag) for row in range(4)] == [False, True, False, False]


def test_names_from_outside_are_no_markup(rows):
    rows.show_shelves([shelf(WORK, "<b>\n.tar")])
    assert "<b>" not in rows.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "\n" not in rows.index(1).data()


NAMES = st.lists(st.sampled_from(["a.tar", "b.tar", "c.tar", "d.tar"]), unique=True)


@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), min_size=1, max_size=5))
def test_rows_that_stay_keep_their_indexes(steps):
    rows = ShelfRows()
    rows.tester = QAbstractItemModelTester(
        rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    resets = []
    rows.modelReset.connect(lambda: resets.append(rows))
    for work, old, turn in steps:
        rows.show_shelves([shelf(WORK, *sorted(work)), shelf(OLD, *sorted(old))])
        if turn:
            rows.toggle(WORK)
        fresh = ShelfRows()
        fresh.show_shelves(rows.shelves)
        if not rows.row(rows.index_of(WORK)).is_open:
            fresh.toggle(WORK)
        assert texts(rows) == texts(fresh)
    assert not resets
