"""Wait for what cannot be interrupted, and walk away from it when the user asks to stop."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Failure

Answer = TypeVar("Answer")


def patiently(ask: Callable[[], Answer], token: Token | None) -> Answer:
    """What `ask` returns, or the `Failure` or `OSError` it raises; `Cancelled` once the token is.

    A keyring that waits for its password, and the look-up of a host, know no way to be stopped:
    they end by themselves some time, on a daemon thread that nobody listens to any more.
    """
    if token is None:
        return ask()
    token.check()
    errand = _Errand(ask)
    with token.breaking(errand.settled.set):
        Thread(target=errand.run, name="errand", daemon=True).start()
        errand.settled.wait()
    token.check()
    return errand.result()


class _Errand(Generic[Answer]):
    """One call on a thread of its own."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self.settled = Event()
        self._ask = ask
        self._answers: list[Answer] = []
        self._error: Exception = RuntimeError("it broke off for a reason that the log has")

    def run(self) -> None:
        try:
            self._answers.append(self._ask())
        except (Failure, OSError) as error:
            self._error = error
        finally:
            self.settled.set()

    def result(self) -> Answer:
        if not self._answers:
            raise self._error
        return self._answers[0]
