"""Engine addresses: which we can use, and the one spelling of each."""

from os.path import realpath
from pathlib import Path
from urllib.parse import urlsplit

from layerhold.domain.errors import EngineUnreachable, Unreachability

PORT = 2375
"""Docker's port without TLS."""

LOCAL = frozenset({"unix", "oci"})
"""What is followed by a path."""

LATER = frozenset({"ssh", "https"})
"""Transports that Layerhold does not use yet."""


def normalized(address: str, *, encrypted: bool = False) -> str:
    """The address as `unix:///path` or `tcp://host:port`; raises `EngineUnreachable`."""
    scheme, separator, rest = address.strip().partition("://")
    if not separator:
        return normalized(f"unix://{scheme}" if scheme.startswith("/") else f"tcp://{scheme}")
    if scheme in LATER or (encrypted and scheme != "unix"):
        raise _unusable(address, Unreachability.UNSUPPORTED_TRANSPORT)
    if scheme == "unix" and rest.startswith("/") and "\0" not in rest:
        return f"unix://{rest}"
    if scheme in {"tcp", "http"}:
        return f"tcp://{_host_and_port(rest, address)}"
    raise _unusable(address, Unreachability.BAD_ADDRESS)


def same_place(url: str) -> str:
    """Equal for addresses that lead to the same engine, links to its socket or folder included."""
    scheme, _separator, path = url.partition("://")
    if scheme in LOCAL:
        return f"{scheme}://{realpath(path)}"
    return url.replace("//localhost:", "//127.0.0.1:")


def socket_path(url: str) -> Path | None:
    """The socket file of a `unix://` address."""
    scheme, _separator, rest = url.partition("://")
    return Path(rest) if scheme == "unix" else None


def without_password(address: str) -> str:
    """The address, fit to be shown and logged."""
    scheme, separator, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, host = authority.rpartition("@")
    return f"{scheme}{separator}{user.partition(':')[0]}{at}{host}{slash}{path}"


def _host_and_port(rest: str, address: str) -> str:
    try:
        parts = urlsplit(f"//{rest}")
        host, port = parts.hostname, parts.port or PORT
    except ValueError as error:
        raise _unusable(address, Unreachability.BAD_ADDRESS) from error
    if not host or parts.username or parts.path.strip("/") or not host.isprintable() or " " in host:
        raise _unusable(address, Unreachability.BAD_ADDRESS)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _unusable(address: str, why: Unreachability) -> EngineUnreachable:
    return EngineUnreachable(subject=without_password(address), why=why)
