"""Spans and moments as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import FilterFault, InvalidFilter
from layerhold.planning.durations import Moment, parse_duration, parse_moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("24h", 86_400),
        ("30d", 30 * 86_400),
        ("2w", 14 * 86_400),
        ("1h30m", 5_400),
        ("1.5h", 5_400),
        ("90s", 90),
        ("1500ms", 1.5),
        ("2 days", 172_800),
        ("1mo", 30 * 86_400),
        ("1y", 365 * 86_400),
        ("1H", 3_600),
    ],
)
def test_spans(text, seconds):
    assert parse_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "3", "h", "1x", "-1h", "1h30", "tomorrow", "1h" * 100])
def test_what_is_no_span(text):
    with pytest.raises(InvalidFilter) as caught:
        parse_duration(text)
    assert caught.value.fault is FilterFault.BAD_VALUE
    assert caught.value.expected


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_an_invalid_one(text):
    try:
        moment = parse_moment(text)
    except InvalidFilter:
        return
    assert isinstance(moment.at(0), float | int)


def test_a_span_is_so_long_ago():
    assert parse_moment("24h") == Moment(seconds_ago=86_400)
    assert parse_moment("24h").at(100_000) == 13_600


def test_a_date_is_fixed():
    assert parse_moment("2026-01-31T00:00:00Z").at(5) == 1_769_817_600
    assert parse_moment("2026-01-31T01:00:00+01:00").at(5) == 1_769_817_600
    assert abs(parse_moment("2026-01-31").at(5) - 1_769_817_600) <= 14 * 3_600
    assert parse_moment("1769817600").at(5) == 1_769_817_600


@pytest.mark.parametrize("text", ["2026-13-01", "2026-01-", "30", "0000-01-01", "-"])
def test_what_is_no_moment(text):
    with pytest.raises(InvalidFilter):
        parse_moment(text)
