"""A program that is followed while it runs, and can be stopped together with all it has started."""

import os
import selectors
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from time import monotonic

from layerhold.domain.build_errors import BuildxGone
from layerhold.domain.cancel import Token

LOOK_SECONDS = 0.1
POLITE_SECONDS = 0.6
"""How long it may take to end by itself once it was asked to."""
PIECE = 1 << 16


class Running:
    """A process whose standard error we read."""

    def __init__(self, process: subprocess.Popen[bytes], token: Token) -> None:
        self._process, self._token = process, token
        self._give_up: float | None = None

    def pieces(self) -> Iterator[bytes]:
        """What it writes until it ends; raises `Cancelled`, after which it is gone."""
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
                self._press()
        self._token.check()

    def status(self) -> int:
        """How it ended; waits until it has."""
        return self._process.wait()

    def interrupt(self) -> None:
        """Ask it to end, as Ctrl+C does."""
        self._signal(signal.SIGINT)

    def end(self) -> None:
        """Whatever happened, nothing of it is left."""
        if self._process.poll() is None:
            self._signal(signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def _press(self) -> None:
        if not self._token.cancelled:
            return
        self._give_up = self._give_up or monotonic() + POLITE_SECONDS
        if monotonic() >= self._give_up:
            self._signal(signal.SIGKILL)

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
        with token.breaking(child.interrupt):
            yield child
    finally:
        child.end()
