"""A tree that makes its branches when somebody looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.models.lazy_tree import ROOT, LazyTree

pytestmark = pytest.mark.usefixtures("qapp")


class Numbers(LazyTree):
    """Below every number stand the numbers that are smaller."""

    def has_branches(self, item):
        return item > 0

    def items_below(self, item):
        return list(range(item))

    def columnCount(self, _parent=ROOT):
        return 2

    def title(self, section):
        return "Number" if section == 0 else "Again"

    def data(self, index, role=0):
        return str(self.item(index)) if role == 0 and index.isValid() else None


def tree(items):
    model = Numbers()
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, fatal, model).setUseFetchMore(False)
    model.plant(items)
    return model


def tops(model):
    return [model.item(index) for index in model.tops()]


@given(st.lists(st.integers(0, 6), max_size=8), st.lists(st.integers(0, 6), max_size=8))
def test_replanting_ends_at_what_was_asked_for(before, after):
    model = tree(before)

    model.replant(after)

    assert tops(model) == after
    assert [index.row() for index in model.tops()] == list(range(len(after)))


def test_rows_that_stay_keep_their_place_in_views():
    model = tree([1, 5, 3])
    kept = QPersistentModelIndex(model.index(2, 0))

    model.replant([1, 4, 4, 3])

    assert (kept.row(), model.item(kept)) == (3, 3)


def test_the_same_rows_again_emit_nothing(qtbot):
    model = tree([1, 2])
    with qtbot.assertNotEmitted(model.rowsInserted), qtbot.assertNotEmitted(model.rowsRemoved):
        model.replant([1, 2])


def test_a_branch_is_made_once_and_can_be_replanted():
    model = tree([3])
    top = model.index(0, 0)
    assert model.rowCount(top) == 0
    assert model.canFetchMore(top)

    model.fetchMore(top)
    model.replant([2, 1], top)

    assert not model.canFetchMore(top)
    assert [model.item(model.index(row, 0, top)) for row in range(2)] == [2, 1]
    assert model.parent(model.index(1, 1, top)) == top


def test_a_branch_that_nobody_opened_is_not_made():
    model = tree([3])

    model.replant([1], model.index(0, 0))

    assert model.rowCount(model.index(0, 0)) == 0
    assert model.canFetchMore(model.index(0, 0))


def test_columns_have_titles_and_rows_have_none():
    model, across = tree([1]), Qt.Orientation.Horizontal
    assert [model.headerData(section, across) for section in range(2)] == ["Number", "Again"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, across, Qt.ItemDataRole.DecorationRole) is None
