"""Where an engine listens, and how to call there. Imports little: the first request needs it."""

import socket
from collections.abc import Callable

SUPPORTED = ("unix", "tcp")
DEFAULT_PORT = 2375
"""Docker's port without TLS."""


class Address:
    """A unix socket's path, or a host and a port."""

    __slots__ = ("host", "path", "port", "url")

    def __init__(self, url: str, path: str = "", host: str = "", port: int = 0) -> None:
        self.url = url
        self.path = path
        self.host = host
        self.port = port


def transport(url: str) -> str:
    """The part before `://`, in small letters."""
    return url.partition("://")[0].lower()


def parse(url: str) -> Address:
    """Read `unix:///path` or `tcp://host[:port]`; raises `ValueError`."""
    rest = url.partition("://")[2]
    if transport(url) == "unix" and rest.strip("/"):
        return Address(url, path=f"/{rest.lstrip('/')}")
    host, port = _host_and_port(rest.partition("/")[0])
    if transport(url) != "tcp" or not host or not 0 < port < 1 << 16:
        raise ValueError(url)
    return Address(url, host=host, port=port)


def _host_and_port(text: str) -> tuple[str, int]:
    if text.startswith("["):
        host, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    return host, int(port) if port else DEFAULT_PORT


def dial(
    address: Address, timeout: float | None, hold: Callable[[socket.socket], None]
) -> socket.socket:
    """Connect within `timeout` seconds; `hold` gets each socket before it waits.

    Raises `OSError`, and `UnicodeError` for a path or host that cannot be one.
    """
    if address.path:
        return _connected(socket.AF_UNIX, address.path, timeout, hold)
    failure = OSError(f"no address for {address.host}")
    for family, _, _, _, place in socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM
    ):
        try:
            return _connected(family, place, timeout, hold)
        except OSError as error:
            failure = error
    raise failure


def _connected(
    family: int,
    place: str | tuple[str | int, ...] | tuple[int, bytes],
    timeout: float | None,
    hold: Callable[[socket.socket], None],
) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(timeout)
        hold(sock)
        sock.connect(place)
        if family != socket.AF_UNIX:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    except BaseException:
        sock.close()
        raise
    return sock
