"""The SDK's way to an engine: one kept connection, whose socket can be cut from any thread.

Cutting is the only cancel that always works: closing a response waits for the lock of a silent
stream, closing a client does nothing, and before the headers arrive there is no response at all.
"""

import errno
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests
import requests.adapters
import urllib3
import urllib3.connection

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

    def hold(self, sock: socket.socket) -> None:
        """Take the socket before it connects, so that even connecting can be cut."""
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


class LineConnection(urllib3.connection.HTTPConnection):
    """An HTTP connection to an engine's address."""

    def __init__(self, *args: Any, address: Address, line: Line, **options: Any) -> None:
        super().__init__(*args, **options)
        self._address = address
        self._line = line

    def connect(self) -> None:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            self.sock = dial(self._address, timeout, self._line.hold)
        except (OSError, ValueError) as error:
            raise EngineUnreachable(
                self._address.url, str(error), _why(error, self._address)
            ) from error
        # Again, because a socket that was cut just before it connected knows nothing of it.
        self._line.hold(self.sock)


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


class LinePool(urllib3.HTTPConnectionPool):
    """Keeps one connection alive whatever is asked, where the SDK keeps one for each URL."""

    ConnectionCls = LineConnection


class LineAdapter(requests.adapters.HTTPAdapter):
    """Sends every request of a client over its own line."""

    def __init__(self, address: Address) -> None:
        super().__init__()
        self.line = Line()
        self._pool = LinePool(
            address.host or "localhost",
            address.port or None,
            maxsize=1,
            address=address,
            line=self.line,
        )

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> urllib3.HTTPConnectionPool:
        del request, verify, proxies, cert
        return self._pool

    def get_connection(
        self, url: str | bytes, proxies: Mapping[str, str] | None = None
    ) -> urllib3.HTTPConnectionPool:
        """The same for requests before 2.32."""
        del url, proxies
        return self._pool

    def request_url(
        self, request: requests.PreparedRequest, proxies: Mapping[str, str] | None
    ) -> str:
        del proxies
        return request.path_url

    def close(self) -> None:
        super().close()
        self._pool.close()
        self.line.close()
