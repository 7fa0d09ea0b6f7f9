from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold import formatting


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1234, "1.23 kB"),
        (197_400_000, "197 MB"),
        (999_499, "999 kB"),
        (999_999, "1 MB"),
        (9_100_000_000, "9.1 GB"),
        (3_000_000_000_000, "3 TB"),
    ],
)
def test_sizes_read_as_docker_prints_them(count, text):
    assert formatting.size(count) == text


@given(st.integers(min_value=0, max_value=10**21))
def test_a_size_is_always_short(count):
    assert len(formatting.size(count)) <= len("999 EB") + 2


MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "just now"),
        (MINUTE, "About a minute ago"),
        (59 * MINUTE, "59 minutes ago"),
        (89 * MINUTE, "About an hour ago"),
        (90 * MINUTE, "2 hours ago"),
        (47 * HOUR, "47 hours ago"),
        (48 * HOUR, "2 days ago"),
        (13 * DAY, "13 days ago"),
        (14 * DAY, "2 weeks ago"),
        (59 * DAY, "8 weeks ago"),
        (60 * DAY, "2 months ago"),
        (729 * DAY, "24 months ago"),
        (1060 * DAY, "2 years ago"),
        (1095 * DAY, "3 years ago"),
    ],
)
def test_ages_read_as_docker_prints_them(seconds, text):
    assert formatting.age(0, now=seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(30, "just now"), (300, "in 5 minutes"), (236 * 365 * DAY, "in 236 years")],
)
def test_a_date_that_is_yet_to_come_is_told_as_that(seconds, text):
    assert formatting.age(seconds, now=0) == text


def test_a_clock_names_the_day_only_if_it_is_another():
    now = datetime(2026, 3, 5, 14, 5).astimezone()
    assert formatting.clock(now.timestamp(), now.timestamp() + 60) == "14:05"
    before = (now - timedelta(days=1)).timestamp()
    assert formatting.clock(before, now.timestamp()) == "2026-03-04 14:05"


def test_durations():
    assert formatting.duration(0.42) == "0.4 s"
    assert formatting.duration(12.6) == "12 s"
    assert formatting.duration(185) == "3 min 5 s"


def test_control_characters_become_visible():
    assert formatting.visible("a\x1b[31mred\x00\u202e") == "a␛[31mred␀\N{REPLACEMENT CHARACTER}"


@given(st.text())
def test_what_is_shown_is_printable_and_short(text):
    shown = formatting.visible(text, 100)
    assert shown.isprintable()
    assert len(shown) <= 101


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1 s"),
        (3.2, "3 s"),
        (59.4, "59 s"),
        (75, "1 min"),
        (3599, "1 h 0 min"),
        (3900, "1 h 5 min"),
    ],
)
def test_what_is_left_is_told_no_finer_than_anybody_knows(seconds, text):
    assert formatting.countdown(seconds) == text
