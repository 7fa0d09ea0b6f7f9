"""What a registry is called: by people, in references, and where its login is kept."""

from ipaddress import ip_address

from layerhold.domain import references
from layerhold.domain.errors import InvalidReference, ReferenceFault

HUB = references.DEFAULT_REGISTRY
"""Docker Hub, as references name it."""
HUB_KEY = "https://index.docker.io/v1/"
"""What the docker command keeps Docker Hub's login under."""
HUB_API = "registry-1.docker.io"
"""The host that answers for Docker Hub."""
HUB_NAMES = frozenset({HUB, references.LEGACY_REGISTRY, HUB_API, "hub.docker.com"})
NO_REGISTRIES = ("/access-token", "/refresh-token")
"""Ends of keys under which the docker command keeps tokens of its own beside a login."""


def typed(text: str) -> str:
    """The registry that a person means, Docker Hub for nothing; raises `InvalidReference`."""
    stripped = text.strip()
    if not stripped:
        return HUB
    host = _host(stripped)
    if "@" in host:
        # What stands before it may well be a password.
        raise _nonsense(f"…@{host.rpartition('@')[2]}")
    registry = HUB if host in HUB_NAMES else host
    if not _is_registry(registry):
        raise _nonsense(host or stripped)
    return registry


def key(registry: str) -> str:
    """What the docker command keeps and looks up the registry's login under."""
    return HUB_KEY if registry == HUB else registry


def of_key(kept_under: str) -> str:
    """The registry whose login is kept under a key, however it was written; empty for none."""
    if kept_under.endswith(NO_REGISTRIES):
        return ""
    host = _host(kept_under.strip())
    return HUB if host in HUB_NAMES else host


def api(registry: str) -> str:
    """The host, with its port, that answers for the registry."""
    return HUB_API if registry == HUB else registry


def is_loopback(registry: str) -> bool:
    """Whether it is on this very machine, where nobody can listen in."""
    host = name(registry).lower()
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def name(registry: str) -> str:
    """The host without its port, and an IPv6 address without its brackets."""
    if registry.startswith("["):
        return registry[1:].partition("]")[0]
    return registry.partition(":")[0]


def _host(text: str) -> str:
    """The host and port of a URL or of what looks like one, in lower case."""
    scheme, separator, rest = text.partition("://")
    if separator and scheme.lower() not in {"http", "https"}:
        return text.lower()
    return (rest if separator else text).partition("/")[0].lower()


def _is_registry(host: str) -> bool:
    """Whether a reference that begins with it would be looked for there."""
    try:
        return references.parse_remote(f"{host}/x").registry == host
    except InvalidReference:
        return False


def _nonsense(part: str) -> InvalidReference:
    return InvalidReference(part, ReferenceFault.BAD_REGISTRY, part)
