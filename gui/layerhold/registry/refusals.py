"""What a registry's status and words mean when it does not do what it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import msgspec

from layerhold.domain.registry_errors import (
    LoginNeeded,
    LoginRefused,
    OutOfOrder,
    RateLimited,
    RegistryFailure,
    RemoteNotFound,
    TooMuchAtOnce,
)
from layerhold.registry.challenge import best
from layerhold.registry.wire import decode

LONGEST_WORDS = 500
"""Characters; in a registry's place a proxy may answer with a whole page."""
VERSION_HEADER = "Docker-Distribution-Api-Version"
FIRST_OUT_OF_ORDER = 500
REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
LATER: Mapping[int, type[RateLimited | OutOfOrder]] = {
    HTTPStatus.TOO_MANY_REQUESTS: RateLimited,
    HTTPStatus.REQUEST_TIMEOUT: OutOfOrder,
    HTTPStatus.INTERNAL_SERVER_ERROR: OutOfOrder,
    HTTPStatus.BAD_GATEWAY: OutOfOrder,
    HTTPStatus.SERVICE_UNAVAILABLE: OutOfOrder,
    HTTPStatus.GATEWAY_TIMEOUT: OutOfOrder,
}
"""What may be over when it is asked again."""
FOR_GOOD: Mapping[int, type[RegistryFailure]] = {
    HTTPStatus.NOT_FOUND: RemoteNotFound,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TooMuchAtOnce,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole; a token server's has a secret in it."""

    status: int
    headers: Mapping[str, str]
    """Whatever the case of their names."""
    content: bytes = field(repr=False)
    url: str = field(repr=False)

    def header(self, name: str) -> str:
        """One header, empty where there is none."""
        return self.headers.get(name, "")


class _Error(msgspec.Struct):
    code: str = ""
    message: str = ""


class _Errors(msgspec.Struct):
    """The errors of the distribution specification, and those of token servers."""

    errors: list[_Error] = []
    details: str = ""
    error: str = ""
    error_description: str = ""


def is_registry(answer: Answer) -> bool:
    """Whether this is how a registry answers to `/v2/`; one that is out of order may be one."""
    if answer.header(VERSION_HEADER):
        return True
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return best(answer.header("WWW-Authenticate")) is not None
    if answer.status in {HTTPStatus.OK, HTTPStatus.FORBIDDEN}:
        return _is_object(answer.content)
    return answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= FIRST_OUT_OF_ORDER


def failure(answer: Answer, *, logged_in: bool) -> RegistryFailure:
    """Why the registry refused, by the answer's status."""
    words = words_of(answer)
    if answer.status in REFUSED:
        return LoginRefused(detail=words) if logged_in else LoginNeeded(detail=words)
    if kind := LATER.get(answer.status):
        return kind(detail=words, retry_after=retry_after(answer.header("Retry-After")))
    return FOR_GOOD.get(answer.status, RegistryFailure)(detail=words)


def words_of(answer: Answer) -> str:
    """The registry's own words, or what its status is called."""
    try:
        told = decode(answer.content, _Errors)
    except ValueError:
        told = _Errors()
    said = [": ".join(filter(None, (each.code, each.message))) for each in told.errors]
    said += [told.details, told.error, told.error_description]
    words = "; ".join(filter(None, said))
    return words[:LONGEST_WORDS] or _status(answer.status)


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, 10.2.3)."""
    if value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    left = when.replace(tzinfo=when.tzinfo or UTC) - (now or datetime.now(UTC))
    return max(0.0, left.total_seconds())


def _is_object(content: bytes) -> bool:
    try:
        decode(content.strip() or b"{}", dict[str, msgspec.Raw])
    except ValueError:
        return False
    return True


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
