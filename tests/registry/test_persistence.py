import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.registry_errors import (
    Damaged,
    LoginRefused,
    OutOfOrder,
    PlatformMissing,
    RateLimited,
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
    TooMuchAtOnce,
)
from layerhold.registry.persistence import (
    ENOUGH,
    FIRST_SECONDS,
    LONGEST_SECONDS,
    PATIENCE_SECONDS,
    Patience,
)

BROKEN = RegistryUnreachable(why=RegistryFault.BROKEN_OFF)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def wait_out(patience, clock, failure=BROKEN, reached=0):
    """Every wait until it gives up."""
    waits = []
    while (seconds := patience.seconds(failure, reached)) is not None:
        waits.append(seconds)
        clock.now += seconds
    return waits


def test_waits_grow_and_end():
    waits = wait_out(Patience(clock=(clock := Clock())), clock)

    for number, seconds in enumerate(waits):
        least = min(LONGEST_SECONDS, FIRST_SECONDS * 2**number)
        assert least <= seconds <= least * 1.5
    assert PATIENCE_SECONDS / 2 < sum(waits) <= PATIENCE_SECONDS


def test_what_worked_begins_anew():
    patience = Patience(clock=(clock := Clock()))
    wait_out(patience, clock)

    assert patience.seconds(BROKEN, ENOUGH - 1) is None
    assert patience.seconds(BROKEN, ENOUGH) <= FIRST_SECONDS * 1.5
    assert sum(wait_out(patience, clock, reached=ENOUGH)) < PATIENCE_SECONDS


@given(st.floats(0, 1000), st.floats(0, PATIENCE_SECONDS))
def test_what_the_registry_says_is_waited_or_nothing(told, gone):
    patience = Patience(clock=(clock := Clock()))
    clock.now = gone

    seconds = patience.seconds(RateLimited(retry_after=told), 0)

    assert seconds is None or told <= seconds <= PATIENCE_SECONDS - gone
    if told + 1 < PATIENCE_SECONDS - gone:
        assert seconds is not None


FOR_GOOD = (
    *(RegistryFailure(), RemoteNotFound(), LoginRefused(), TooMuchAtOnce(), PlatformMissing()),
    RegistryUnreachable(why=RegistryFault.CERTIFICATE),
    RegistryUnreachable(why=RegistryFault.PLAIN_HTTP),
    RegistryUnreachable(why=RegistryFault.NOT_A_REGISTRY),
)


@pytest.mark.parametrize("failure", FOR_GOOD)
def test_what_will_not_pass_is_not_waited_for(failure):
    assert Patience().seconds(failure, 0) is None


def test_what_is_damaged_is_tried_once_more():
    patience = Patience()

    assert patience.seconds(Damaged(), 0) is not None
    assert patience.seconds(OutOfOrder(), 0) is not None
    assert patience.seconds(Damaged(), 10 * ENOUGH) is None
