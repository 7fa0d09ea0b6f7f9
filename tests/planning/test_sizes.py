"""Sizes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import InvalidFilter
from layerhold.planning.sizes import parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("100MB", 100_000_000),
        ("1.5GB", 1_500_000_000),
        ("500k", 500_000),
        ("500kB", 500_000),
        ("1GiB", 1 << 30),
        ("1 gi", 1 << 30),
        ("42", 42),
        ("42b", 42),
        (".5m", 500_000),
    ],
)
def test_sizes(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1MB", "1XB", "1 2", "1e9", "9" * 30, "١MB2"])
def test_what_is_no_size(text):
    with pytest.raises(InvalidFilter):
        parse_size(text)


@given(st.text(max_size=30))
def test_any_text_is_a_size_or_an_invalid_one(text):
    try:
        assert parse_size(text) >= 0
    except InvalidFilter:
        return
