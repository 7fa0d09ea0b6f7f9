"""A line to a server that is slow, breaks off, or changes what goes over it."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from threading import Event, Thread

BLOCK = 1 << 16

Fault = Callable[[int, bytes], bytes | None]
"""Takes how many bytes went before on this connection, and what comes; nothing breaks it off."""


def whole(_: int, block: bytes) -> bytes | None:
    """Everything as it is."""
    return block


def cut_after(most: int) -> Fault:
    """Break off after that many bytes."""
    return lambda before, block: block[: most - before] or None if before < most else None


def corrupt_after(most: int) -> Fault:
    """Turn one byte round."""

    def corrupt(before: int, block: bytes) -> bytes | None:
        at = most - before
        if not 0 <= at < len(block):
            return block
        return block[:at] + bytes([block[at] ^ 0xFF]) + block[at + 1 :]

    return corrupt


class BadLine:
    """Passes on what comes; each connection has the next fault, and the last one stays.

    The very first connection has none: by it, a client learns that there is no TLS.
    """

    def __init__(self, listening: socket.socket, target: str) -> None:
        self.host = f"127.0.0.1:{listening.getsockname()[1]}"
        self.down: list[Fault] = [whole]
        """On the way from the server."""
        self.up: list[Fault] = [whole]
        """On the way to it."""
        self.came = 0
        """Bytes from the server."""
        self.bytes_per_second = 0
        """Of each connection; none for as fast as it can."""
        self.over = Event()
        self._listening, self._target = listening, target
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            faults = whole, whole
            while True:
                here, _ = self._listening.accept()
                Thread(target=self._connect, args=(here, *faults), daemon=True).start()
                faults = _next(self.down), _next(self.up)

    def _connect(self, here: socket.socket, down: Fault, up: Fault) -> None:
        host, _, port = self._target.partition(":")
        with here, socket.create_connection((host, int(port))) as there:
            other = Thread(target=self._pass, args=(here, there, up, False), daemon=True)
            other.start()
            self._pass(there, here, down, True)
            other.join()

    def _pass(self, one: socket.socket, other: socket.socket, fault: Fault, down: bool) -> None:
        before = 0
        with contextlib.suppress(OSError):
            while content := one.recv(BLOCK):
                passed = fault(before, content)
                before += len(content)
                if passed is None:
                    break
                if self.bytes_per_second:
                    self.over.wait(len(content) / self.bytes_per_second)
                other.sendall(passed)
                self.came += len(passed) if down else 0
                if len(passed) < len(content):
                    break
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _next(faults: list[Fault]) -> Fault:
    return faults.pop(0) if len(faults) > 1 else faults[0]


@contextlib.contextmanager
def bad_line(target: str) -> Iterator[BadLine]:
    """A line to a host that lasts for a while."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = BadLine(listening, target)
        try:
            yield line
        finally:
            line.over.set()
            listening.shutdown(socket.SHUT_RDWR)
