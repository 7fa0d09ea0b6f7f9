"""Orders of rows, against what a person expects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.images import Image
from layerhold.planning.ordering import Column, natural, order
from layerhold.planning.rows import Rows
from layerhold.planning.sharing import Figures


def rows_of_tags(*tags):
    return Rows.of(Image(f"sha256:{n}", (tag,) if tag else ()) for n, tag in enumerate(tags))


def test_versions_are_ordered_as_numbers():
    rows = rows_of_tags("a:1.10", "a:1.9", "a:latest", "a:1.9-alpine", "a:2")
    assert order(rows, Column.TAG) == [1, 3, 0, 4, 2]
    assert order(rows, Column.TAG, descending=True) == [2, 4, 0, 3, 1]


def test_one_repository_is_ordered_by_tag():
    rows = rows_of_tags("b:1", "a:10", "A:9", "host:5000/a:1")
    assert order(rows, Column.REPOSITORY) == [2, 1, 0, 3]


@pytest.mark.parametrize("column", [Column.REPOSITORY, Column.TAG])
@pytest.mark.parametrize("descending", [False, True])
def test_dangling_images_come_last_either_way(column, descending):
    rows = rows_of_tags(None, "a:1", None, "b:2")
    assert order(rows, column, descending=descending)[2:] == [0, 2]


@pytest.mark.parametrize("column", Column)
def test_every_column_orders_and_unknown_values_come_last(column):
    known = Image("sha256:1", ("a:1",), ("a@sha256:9",), created=5, size=5, labels={"key": "value"})
    rows = Rows.of([Image("sha256:2"), known, known])
    rows.used_by, rows.platforms = ["", "web", "web"], ["", "linux/amd64", "linux/amd64"]
    rows.figures = [None, Figures(0, 0), Figures(0, 0)]
    always_known = {Column.IMAGE_ID, Column.CREATED, Column.SIZE}
    ascending = [1, 2, 0] if column not in always_known or column is Column.IMAGE_ID else [0, 1, 2]
    assert order(rows, column) == ascending
    assert order(rows, column, descending=True) == (
        [0, 1, 2] if column is Column.IMAGE_ID else [1, 2, 0]
    )


@given(st.lists(st.integers(0, 5)), st.booleans())
def test_equal_rows_stay_as_they_are(sizes, descending):
    rows = Rows.of(Image(str(n), size=size) for n, size in enumerate(sizes))
    expected = sorted(range(len(sizes)), key=sizes.__getitem__, reverse=descending)
    assert order(rows, Column.SIZE, descending=descending) == expected


@given(st.lists(st.text(max_size=12)))
def test_any_texts_have_a_natural_order(texts):
    ordered = sorted(texts, key=natural)
    backwards = sorted(ordered, key=natural, reverse=True)
    assert [*map(natural, backwards)] == [*map(natural, reversed(ordered))]


def test_numbers_of_any_length_have_a_natural_order():
    assert natural("9" * 5_000) < natural("a")
