"""The engine's JSON as a tree."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from layerhold.domain.document import document, walk
from layerhold.models.json_tree import GROUP, JsonTree
from layerhold.models.lazy_tree import COPY_ROLE, ROOT

pytestmark = pytest.mark.usefixtures("qapp")

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    TEXTS | st.integers(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner)
)


def tree(value):
    model = JsonTree()
    # The tester fetches inside its own reset, which it then takes for an error of ours.
    QAbstractItemModelTester(model, FATAL, model).setUseFetchMore(False)
    model.show(document(json.dumps(value).encode()))
    return model


def rows(model, parent=ROOT):
    model.fetchMore(parent)
    indexes = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(i.data(), i.siblingAtColumn(1).data()) for i in indexes]


def test_rows_are_the_entries_in_the_engines_order():
    model = tree(
        {"Id": "sha256:1", "Size": 12, "Config": {"Env": ["A=b"]}, "Parent": "", "Tags": []}
    )

    assert rows(model) == [
        ("Id", "sha256:1"),
        ("Size", "12"),
        ("Config", "{…}  1"),
        ("Parent", ""),
        ("Tags", "[]"),
    ]
    env = model.find(("Config", "Env"))
    assert rows(model, env) == [("0", "A=b")]
    assert not model.hasChildren(model.index(4, 0))


@given(JSON)
def test_every_place_is_found_and_leads_to_its_value(value):
    model = tree({"in": value})
    for path, raw in walk(model.root):
        index = model.find(path)
        assert model.item(index).path == path
        assert bytes(model.item(index).raw) == bytes(raw)


def test_many_entries_come_in_groups():
    model = tree({"Labels": {f"l{n:05}": n for n in range(GROUP * 2 + 1)}})
    labels = model.find(("Labels",))

    assert rows(model, labels) == [
        ("1 … 500", "l00000 … l00499"),
        ("501 … 1000", "l00500 … l00999"),
        ("1001 … 1001", "l01000 … l01000"),
    ]
    found = model.find(("Labels", "l00777"))
    assert (found.data(), found.siblingAtColumn(1).data()) == ("l00777", "777")
    assert found.parent().data() == "501 … 1000"


def test_what_is_not_there_is_not_found():
    model = tree({"a": [1]})

    assert not model.find(("a", 3)).isValid()
    assert not model.find(("b", "c")).isValid()


@pytest.mark.parametrize("hostile", ["a\u202eb", "a\x1b[31mb", "a\nb", "a\x00b"])
def test_hostile_values_are_shown_visibly_and_copied_as_they_are(hostile):
    model = tree({hostile: hostile})
    index = model.index(0, 0)

    assert index.data().isprintable()
    assert index.siblingAtColumn(1).data().isprintable()
    assert index.data(COPY_ROLE) == hostile


def test_markup_stays_letters_in_tooltips():
    model = tree({"a": "<img src=x>"})

    assert "&lt;img" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_megabytes_are_cut_in_a_row_and_whole_in_the_clipboard():
    model = tree({"a": "y" * 5_000_000})

    assert len(model.index(0, 1).data()) < 400
    assert len(model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)) < 2000
    assert len(model.index(0, 0).data(COPY_ROLE)) == 5_000_000
