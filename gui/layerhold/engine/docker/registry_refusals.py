"""What an engine's words about a registry mean; engines up to 20.10 say 500 to nearly all."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus

from layerhold.domain.registry_errors import (
    LoginNeeded,
    LoginRefused,
    PlatformMissing,
    RateLimited,
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
)

WAIT = re.compile(r"retry[- ]after:? *(?P<seconds>\d+(?:\.\d+)?)", re.IGNORECASE)
PLATFORM = re.compile(
    r"no matching manifest for (?P<docker>\S+)"
    r"|platform: wanted (?P<newer>[^\s,]+)"
    r"|for architecture (?P<arch>[^\s,]+), variant \"(?P<variant>[^\"]*)\", OS (?P<os>\w+)"
    r"|requested platform \(?(?P<store>[\w/.-]+)"
)


def registry_meaning(message: str, status: int) -> RegistryFailure | None:
    """The failure of a registry that the message tells; `None` where it tells none."""
    for pattern, make in MEANINGS:
        if pattern.search(message):
            return make(message)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _limited(message)
    return LoginRefused(detail=message) if status == HTTPStatus.UNAUTHORIZED else None


@contextmanager
def at_registry(subject: str, registry: str, *, logged_in: bool) -> Iterator[None]:
    """Say of each failure which registry it was; and whether a login was missing or wrong.

    Engines say `unauthorized` in both cases.
    """
    try:
        yield
    except RegistryFailure as failure:
        failure.subject, failure.registry = subject, registry
        if isinstance(failure, LoginNeeded | LoginRefused):
            kind = LoginRefused if logged_in else LoginNeeded
            raise kind(subject, registry, failure.detail) from failure
        raise


def _limited(message: str) -> RegistryFailure:
    found = WAIT.search(message)
    return RateLimited(detail=message, retry_after=float(found["seconds"]) if found else None)


def _no_platform(message: str) -> RegistryFailure:
    found = PLATFORM.search(message)
    if found is None:
        return PlatformMissing(detail=message)
    if found["arch"]:
        parts = (found["os"], found["arch"], found["variant"])
        return PlatformMissing(detail=message, platform="/".join(filter(None, parts)))
    named = found["docker"] or found["newer"] or found["store"]
    return PlatformMissing(detail=message, platform=named.strip('"'))


def _unreachable(why: RegistryFault) -> Callable[[str], RegistryFailure]:
    return lambda message: RegistryUnreachable(detail=message, why=why)


def _plain(kind: type[RegistryFailure]) -> Callable[[str], RegistryFailure]:
    return lambda message: kind(detail=message)


_is = partial(re.compile, flags=re.IGNORECASE)
MEANINGS: tuple[tuple[re.Pattern[str], Callable[[str], RegistryFailure]], ...] = (
    (_is(r"toomanyrequests|too many requests|\b429\b|pull rate limit"), _limited),
    (_is(r"x509:|failed to verify certificate"), _unreachable(RegistryFault.CERTIFICATE)),
    (
        _is(r"HTTP response to HTTPS client|does not look like a TLS handshake"),
        _unreachable(RegistryFault.PLAIN_HTTP),
    ),
    (
        _is(r"no such host|name resolution|server misbehaving"),
        _unreachable(RegistryFault.UNKNOWN_HOST),
    ),
    (
        _is(r"dial tcp.* connection refused|^connection refused$"),
        _unreachable(RegistryFault.REFUSED),
    ),
    (
        _is(r"i/o timeout|Client\.Timeout exceeded|TLS handshake timeout"),
        _unreachable(RegistryFault.TIMEOUT),
    ),
    (
        _is(
            r"error parsing HTTP \d+ response|error unmarshalling content|invalid character '<'"
            r"|login attempt to .* failed with status: (?!401|403)\d{3}\b"
            r"|invalid status code from registry|unsupported manifest .*text/html"
        ),
        _unreachable(RegistryFault.NOT_A_REGISTRY),
    ),
    (
        _is(r"unexpected HTTP status|no route to host|network is unreachable|/v2/\": EOF"),
        _unreachable(RegistryFault.OTHER),
    ),
    (_is(r"no basic auth credentials|may require .*(authorization|login)"), _plain(LoginNeeded)),
    (
        _is(
            r"unauthorized|authentication required|incorrect username|invalid username/password"
            r"|access to the resource is denied|access denied|insufficient_scope"
            r"|\b(401|403) (Unauthorized|Forbidden)|invalid status code .* 403|authorization failed"
        ),
        _plain(LoginRefused),
    ),
    (
        _is(
            r"no matching manifest for|no image found in (manifest list|image index)"
            r"|does not (match|provide) the (specified|requested) platform"
            r"|no match for platform in manifest"
        ),
        _no_platform,
    ),
    (
        _is(
            r"manifest unknown|manifest for .* not found|name[ _]unknown|manifest_unknown"
            r"|failed to resolve reference .*: not found|repository name not known"
        ),
        _plain(RemoteNotFound),
    ),
)
"""The order matters: a login that times out is a timeout, and so on."""
