"""What an engine's words about a registry mean; engines up to 20.10 say 500 to nearly all."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus

from layerhold.domain.errors import EngineRefused, Failure, InvalidReference, ReferenceFault
from layerhold.domain.registry_errors import (
    Damaged,
    LoginNeeded,
    LoginRefused,
    NotAnImage,
    OutOfOrder,
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
IPV6 = "["


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
    except (RegistryFailure, EngineRefused, InvalidReference) as told:
        failure = _meant(told, subject, registry, logged_in=logged_in)
        if failure is told:
            raise
        raise failure from told


def _meant(
    told: RegistryFailure | EngineRefused | InvalidReference,
    subject: str,
    registry: str,
    *,
    logged_in: bool,
) -> Failure:
    if isinstance(told, InvalidReference):
        # To us it is one, so it is the host: older engines know no addresses of that kind.
        is_odd = registry.startswith(IPV6)
        return InvalidReference(subject, ReferenceFault.BAD_REGISTRY, registry) if is_odd else told
    failure = told if isinstance(told, RegistryFailure) else _there(told.detail)
    if failure is None:
        return told
    if isinstance(failure, LoginNeeded | LoginRefused):
        failure = (LoginRefused if logged_in else LoginNeeded)(detail=failure.detail)
    failure.subject, failure.registry = subject, registry
    return failure


def _there(message: str) -> RegistryFailure | None:
    """What words mean that elsewhere may be about anything."""
    found = (make(message) for pattern, make in MEANINGS_THERE if pattern.search(message))
    return next(found, None)


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
            r"unexpected (HTTP )?status( code)?\b.*: 5\d\d\b|StatusCode: 5\d\d\b"
            r"|login attempt to .* failed with status: 5\d\d\b|parsing HTTP 5\d\d response"
        ),
        _plain(OutOfOrder),
    ),
    (
        _is(
            r"error parsing HTTP (?!401|403)\d+ response|error unmarshalling content"
            r"|invalid character '<'|login attempt to .* failed with status: (?!401|403)\d{3}\b"
            r"|invalid status code from registry|unsupported manifest .*text/html"
        ),
        _unreachable(RegistryFault.NOT_A_REGISTRY),
    ),
    (
        _is(
            r"unexpected HTTP status|no route to host|network is unreachable|/v2/\": EOF"
            r"|dial tcp: address \d+: invalid port"
        ),
        _unreachable(RegistryFault.OTHER),
    ),
    (_is(r"no basic auth credentials|may require .*(authorization|login)"), _plain(LoginNeeded)),
    (
        _is(
            r"unauthorized|authentication required|incorrect username|invalid username/password"
            r"|access to the resource is denied|access denied|insufficient_scope"
            r"|\b(401|403) (Unauthorized|Forbidden)|invalid status code .* 403|authorization failed"
            r"|parsing HTTP 40[13] response"
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
MEANINGS_THERE: tuple[tuple[re.Pattern[str], Callable[[str], RegistryFailure]], ...] = (
    (_is(r"(^|: )denied$|StatusCode: 40[13]\b"), _plain(LoginRefused)),
    (_is(r"stopped after \d+ redirects"), _unreachable(RegistryFault.NOT_A_REGISTRY)),
    (
        _is(r"unexpected EOF$|connection reset by peer|broken pipe"),
        _unreachable(RegistryFault.BROKEN_OFF),
    ),
    (
        _is(r"verification failed|does not match (expected|provided manifest digest)"),
        _plain(Damaged),
    ),
    (
        _is(
            r"missing signature key|no FSLayers in manifest|unsupported (schema version|manifest)"
            r"|unsupported media ?type|unsupported image-specific operation on artifact"
            r"|invalid rootfs in image configuration|schema ?(version )?1 .*(deprecated|removed)"
        ),
        _plain(NotAnImage),
    ),
)
"""Only where it is known that the engine speaks of a registry."""
