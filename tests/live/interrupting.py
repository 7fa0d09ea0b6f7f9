"""Operations that the user or a power cut comes into, at moments that a test chooses."""

from collections.abc import Callable
from threading import Timer
from time import monotonic
from typing import TypeVar

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, EngineUnreachable
from layerhold.engine.docker.engine import DockerEngine
from live.daemons import Daemon

SECONDS_TO_SETTLE = 1.0
Outcome = TypeVar("Outcome")


def cancelled_after(
    seconds: float, work: Callable[[Token], Outcome]
) -> tuple[Outcome | Cancelled, float]:
    """What came of it, and how many seconds it went on after it was cancelled."""
    token, moment = Token(), []

    def cancel() -> None:
        moment.append(monotonic())
        token.cancel()

    timer = Timer(seconds, cancel)
    timer.start()
    outcome: Outcome | Cancelled
    try:
        outcome = work(token)
    except Cancelled as error:
        outcome = error
    ended = monotonic()
    timer.cancel()
    timer.join()
    return outcome, ended - moment[0] if moment else 0.0


def killed_after(
    seconds: float, daemon: Daemon, work: Callable[[Token], Outcome]
) -> Outcome | EngineGone | EngineUnreachable:
    """What came of it; the engine runs again."""
    killing = Timer(seconds, daemon.kill)
    killing.start()
    outcome: Outcome | EngineGone | EngineUnreachable
    try:
        outcome = work(Token())
    except (EngineGone, EngineUnreachable) as error:
        outcome = error
    killing.join()
    daemon.start()
    return outcome


def assert_no_connection_is_busy(engine: DockerEngine) -> None:
    """Whatever ran gave its connection back."""
    session = engine._session
    assert not session._clients._busy
    assert not session._readers._busy
