"""The way to an engine: a socket that can be cut from any thread.

Cutting is the only cancel that always works: closing a response waits for the lock of a silent
stream, closing a client does nothing, and before the headers arrive there is no response at all.
"""

import errno
import socket
from pathlib import Path

from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.engine.docker.address import Address, dial

WHY = {
    errno.ENOENT: Unreachability.NO_SOCKET,
    errno.ENOTDIR: Unreachability.NO_SOCKET,
    errno.ECONNREFUSED: Unreachability.REFUSED,
    errno.EACCES: Unreachability.NO_PERMISSION,
    errno.EPERM: Unreachability.NO_PERMISSION,
    errno.EAGAIN: Unreachability.TIMEOUT,
    errno.ETIMEDOUT: Unreachability.TIMEOUT,
    errno.ENAMETOOLONG: Unreachability.BAD_ADDRESS,
}


class Line:
    """The socket that one operation waits on."""

    def __init__(self) -> None:
        self._sock: socket.socket | None = None
        self.was_cut = False

    def connect(self, address: Address, timeout: float | None) -> socket.socket:
        """Reach the engine within so many seconds; raises `EngineUnreachable`."""
        try:
            sock = dial(address, timeout, self._hold)
        except (OSError, ValueError) as error:
            raise EngineUnreachable(address.url, str(error), _why(error, address)) from error
        # Again, because a socket that was cut just before it connected knows nothing of it.
        self._hold(sock)
        return sock

    def _hold(self, sock: socket.socket) -> None:
        """Take the socket before it connects, so that even that can be cut."""
        self._sock = sock
        if self.was_cut:
            self.cut()

    def cut(self) -> None:
        """Wake whoever waits on the socket, which then is of no more use."""
        self.was_cut = True
        if self._sock is not None:
            try:
                self._sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def close(self) -> None:
        """Let go of the socket; an answer that nobody read to its end would keep it open."""
        self.cut()
        if self._sock is not None:
            self._sock.close()


def _why(error: OSError | ValueError, address: Address) -> Unreachability:
    if isinstance(error, socket.gaierror):
        return Unreachability.UNKNOWN_HOST
    if isinstance(error, TimeoutError):
        return Unreachability.TIMEOUT
    if isinstance(error, OSError) and error.errno is not None:
        if error.errno == errno.ECONNREFUSED and _is_no_socket(address.path):
            return Unreachability.BAD_ADDRESS
        return WHY.get(error.errno, Unreachability.OTHER)
    return Unreachability.BAD_ADDRESS


def _is_no_socket(path: str) -> bool:
    """Whether a path leads to another file, which refuses as a socket does without a listener."""
    return bool(path) and not Path(path).is_socket()
