"""A program that is followed while it runs, and can be stopped together with all it has started."""

import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from time import monotonic

from layerhold.domain.build_errors import BuildxGone
from layerhold.domain.cancel import Token

LOOK_SECONDS = 0.05
POLITE_SECONDS = 0.75
"""How long it may take to end by itself once the user has asked for it."""
PIECE = 1 << 16


class Running:
    """A process whose standard error we read."""

    def __init__(self, process: subprocess.Popen[bytes], token: Token) -> None:
        self._process, self._token = process, token
        self._wished: float | None = None
        """When the user asked for its end."""
        self._asked = False

    def pieces(self, ripe: Callable[[], float] = lambda: 0.0) -> Iterator[bytes]:
        """What it writes until it ends; raises `Cancelled`, after which it is gone.

        It is not asked to end before it is `ripe` for that (`time.monotonic`).
        """
        stream = self._process.stderr
        if stream is None:
            return
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while True:
                if selector.select(LOOK_SECONDS):
                    if not (piece := os.read(stream.fileno(), PIECE)):
                        break
                    yield piece
                self._press(ripe)
        self._token.check()

    def status(self) -> int:
        """How it ended; waits until it has."""
        return self._process.wait()

    def end(self) -> None:
        """Whatever happened, nothing of it is left."""
        if self._process.poll() is None:
            self._signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def _press(self, ripe: Callable[[], float]) -> None:
        if not self._token.cancelled:
            return
        now = monotonic()
        self._wished = self._wished or now
        if now >= self._wished + POLITE_SECONDS:
            self._signal(signal.SIGKILL)
        elif not self._asked and now >= ripe():
            # As Ctrl+C does.
            self._asked = True
            self._signal(signal.SIGINT)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], token: Token
) -> Iterator[Running]:
    """Start a program in a group of its own; raises `BuildxGone` where it cannot be."""
    token.check()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise BuildxGone(error.strerror or "") from error
    child = Running(process, token)
    try:
        yield child
    finally:
        child.end()
