"""The sockets that one operation waits on, and how they are dialled and cut.

Cutting is the only cancel that always works: it wakes a connect, a TLS handshake and a silent
answer alike, while closing a response waits for the very bytes that do not come.
"""

import errno
import socket
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from layerhold.domain.cancel import Token
from layerhold.domain.registry_errors import RegistryFault, RegistryUnreachable
from layerhold.registry.patience import patiently

FAULTS = {
    errno.ECONNREFUSED: RegistryFault.REFUSED,
    errno.ECONNRESET: RegistryFault.REFUSED,
    errno.ETIMEDOUT: RegistryFault.TIMEOUT,
    errno.EHOSTUNREACH: RegistryFault.TIMEOUT,
}

CONNECT_SECONDS = 10.0
"""For each address of a host."""


class Lines:
    """Every socket of an operation, by a handle of our own: TLS takes the first one away."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: list[socket.socket] = []
        self._were_cut = False

    def hold(self, sock: socket.socket) -> socket.socket:
        """Take the socket before it connects, so that even connecting can be cut."""
        held = sock.dup()
        with self._lock:
            self._held.append(held)
            were_cut = self._were_cut
        if were_cut:
            self.cut()
        return held

    def drop(self, held: socket.socket) -> None:
        """Let go of one, without which the other end would not see that its line has ended."""
        with self._lock:
            if held in self._held:
                self._held.remove(held)
        held.close()

    def cut(self) -> None:
        """Wake whoever waits on one of the sockets, which then are of no more use."""
        with self._lock:
            self._were_cut = True
            for sock in self._held:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the sockets."""
        with self._lock:
            for sock in self._held:
                sock.close()
            self._held.clear()


@dataclass(frozen=True, slots=True)
class Line:
    """A connected socket."""

    sock: socket.socket
    held: socket.socket
    """The handle by which it is cut."""


def dial(host: str, port: int, lines: Lines, token: Token | None) -> Line:
    """A line to the first address that answers; raises `RegistryUnreachable`."""
    error: OSError = OSError("it has no address")
    for family, kind, protocol, _, address in _addresses(host, port, token):
        sock = socket.socket(family, kind, protocol)
        held = lines.hold(sock)
        try:
            sock.settimeout(CONNECT_SECONDS)
            sock.connect(address)
            # A line of HTTP is short, and waits for its answer.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failed:
            sock.close()
            lines.drop(held)
            error = failed
        else:
            return Line(sock, held)
    raise RegistryUnreachable(detail=f"{host}:{port}: {error}", why=_why(error)) from error


def _addresses(host: str, port: int, token: Token | None) -> list[tuple[Any, ...]]:
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        return patiently(look_up, token)
    except (OSError, UnicodeError) as error:
        why = RegistryFault.UNKNOWN_HOST
        raise RegistryUnreachable(detail=f"{host}: {error}", why=why) from error


def _why(error: OSError) -> RegistryFault:
    if isinstance(error, TimeoutError):
        return RegistryFault.TIMEOUT
    return FAULTS.get(error.errno or 0, RegistryFault.OTHER)
