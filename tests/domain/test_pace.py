import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.pace import Pace, Share

AMOUNTS = st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)), max_size=50)


def test_a_steady_speed_is_told_as_it_is():
    pace = Pace()
    rates = [pace.per_second(tenth / 10, tenth * 800.0) for tenth in range(100)]

    assert rates[4] is None
    assert rates[5] == pytest.approx(8000)
    assert rates[99] == pytest.approx(8000)


def test_a_change_of_speed_is_told_within_seconds():
    pace, amount = Pace(), 0.0
    for tenth in range(60):
        amount += 100 if tenth < 30 else 1000
        rate = pace.per_second(tenth / 10, amount)

    assert rate == pytest.approx(10_000, rel=0.1)


def test_what_stands_still_has_no_speed():
    pace = Pace()
    pace.per_second(0, 0)
    assert pace.per_second(1, 50) == 50
    assert pace.per_second(4.5, 50) is None


def test_memory_does_not_grow():
    pace = Pace()
    for tenth in range(10_000):
        pace.per_second(tenth / 10, tenth)

    assert len(pace._seen) < 40


@given(AMOUNTS)
def test_a_share_never_gets_less_and_never_more_than_the_whole(amounts):
    share, last = Share(), 0.0
    for done, more in amounts:
        value = share.of(done, done + more)
        assert last <= value <= 1
        last = value


@given(st.lists(st.floats(0, 1000), max_size=30))
def test_of_a_whole_that_stays_the_share_is_what_is_done(amounts):
    share = Share()
    for done in sorted(amounts):
        assert share.of(done, 1000) == pytest.approx(done / 1000, abs=1e-9)


def test_a_whole_that_grows_slows_the_share_down():
    share = Share()
    assert share.of(50, 100) == 0.5
    assert share.of(50, 1000) == 0.5
    assert share.of(525, 1000) == pytest.approx(0.75)
    assert share.of(1000, 1000) == pytest.approx(1)
