"""Try again what may work a little later, and know when to give up.

After each failure in a row the wait is twice as long, from half a second up to half a minute, or as
long as the registry says, and a little at random, so that many clients do not come back at once.
Two minutes after the last thing that worked, the failure is what came of it.
"""

from collections.abc import Callable
from random import uniform
from threading import Event
from time import monotonic
from typing import TypeVar

from layerhold.domain.cancel import Token
from layerhold.domain.progress import LayerState
from layerhold.domain.registry_errors import (
    Damaged,
    OutOfOrder,
    RateLimited,
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
)
from layerhold.registry.session import Session
from layerhold.registry.streams import Told

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 30.0
PATIENCE_SECONDS = 120.0
ENOUGH = 1 << 16
"""Bytes that count as something that worked."""
MOST_DAMAGED = 1
"""Once it may have been the way, twice it is what lies there."""
PASSING = frozenset(
    {
        RegistryFault.BROKEN_OFF,
        RegistryFault.TIMEOUT,
        RegistryFault.REFUSED,
        RegistryFault.UNKNOWN_HOST,
        RegistryFault.OTHER,
    }
)
"""Of a registry that has answered before: the network, or the registry, may come back."""

Outcome = TypeVar("Outcome")


def nobody(state: LayerState, done: int) -> None:
    """For what is not worth to be told of."""


def persistently(
    session: Session,
    attempt: Callable[[], Outcome],
    told: Told = nobody,
    reached: Callable[[], int] = lambda: 0,
) -> Outcome:
    """What the attempt returns in the end; `reached` are bytes, which it goes on from."""
    patience = Patience(reached())
    while True:
        try:
            return attempt()
        except RegistryFailure as failure:
            seconds = patience.seconds(failure, reached())
            is_stranger = isinstance(failure, RegistryUnreachable) and not session.is_met
            if seconds is None or is_stranger:
                raise
        told(LayerState.RETRYING, reached())
        pause(seconds, session.token)


class Patience:
    """How long one piece of work is tried."""

    def __init__(self, reached: int = 0, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._worked = clock()
        self._best, self._in_a_row, self._damaged = reached, 0, 0

    def seconds(self, failure: RegistryFailure, reached: int) -> float | None:
        """How long to wait before the next attempt; nothing where there should be none."""
        if reached >= self._best + ENOUGH:
            self._best, self._in_a_row, self._worked = reached, 0, self._clock()
        if not self._may_pass(failure):
            return None
        backoff = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0**self._in_a_row)
        self._in_a_row += 1
        wait = max(backoff, getattr(failure, "retry_after", None) or 0.0) + uniform(0, backoff / 2)
        left = self._worked + PATIENCE_SECONDS - self._clock()
        return wait if wait <= left else None

    def _may_pass(self, failure: RegistryFailure) -> bool:
        if isinstance(failure, Damaged):
            self._damaged += 1
            return self._damaged <= MOST_DAMAGED
        if isinstance(failure, RegistryUnreachable):
            return failure.why in PASSING
        return isinstance(failure, RateLimited | OutOfOrder)


def pause(seconds: float, token: Token | None) -> None:
    """Wait; raises `Cancelled` once the token is."""
    woken = Event()
    if token is None:
        woken.wait(seconds)
        return
    with token.breaking(woken.set):
        woken.wait(seconds)
    token.check()
