"""The wrapper's edge to the SDK: whatever comes out of it becomes one of our failures."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import msgspec
import requests
import urllib3.exceptions

from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    Cancelled,
    EngineFailure,
    EngineGone,
    EngineRefused,
    Failure,
    InvalidReference,
    NotAnEngine,
    OutcomeUnknown,
)
from layerhold.domain.registry_errors import RegistryFailure
from layerhold.engine.docker.refusals import meaning

KEPT_CHARACTERS = 2000
"""Of what an engine says; a proxy in its place may answer with megabytes."""
READ_AT_MOST = 1 << 20
STRANGE = (
    msgspec.MsgspecError,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.ContentDecodingError,
    requests.exceptions.TooManyRedirects,
    urllib3.exceptions.DecodeError,
    http.client.HTTPException,
    UnicodeError,
)
"""Signs that something else than an engine answers."""


@contextmanager
def plain_errors(subject: str, token: Token | None = None) -> Iterator[None]:
    """Raise only `Failure` about the subject, and `Cancelled` once the token is."""
    try:
        yield
    # KeyError, ValueError, AttributeError and RuntimeError come out of the SDK too.
    except Exception as error:
        if token and token.cancelled:
            raise Cancelled from error
        failure = failure_of(error)
        _fill_in(failure, subject)
        if failure is error:
            raise
        raise failure from error


def _fill_in(failure: Failure, subject: str) -> None:
    if isinstance(failure, EngineFailure | RegistryFailure):
        failure.subject = failure.subject or subject
    elif isinstance(failure, InvalidReference):
        failure.text = failure.text or subject


def failure_of(error: Exception) -> Failure:
    """Our name for an error that the SDK, requests or urllib3 raised."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Failure):
            return cause
    kinds = {_kind(cause) for cause in causes}
    for kind in (OutcomeUnknown, NotAnEngine, EngineGone):
        if kind in kinds:
            return kind(detail=cut(str(error)))
    return EngineRefused(detail=cut(f"{type(error).__name__}: {error}"))


def _kind(error: BaseException) -> type[EngineFailure]:
    if isinstance(error, TimeoutError | requests.Timeout | urllib3.exceptions.TimeoutError):
        return OutcomeUnknown
    # RemoteDisconnected is a BadStatusLine too, but says that nothing came.
    if isinstance(error, http.client.RemoteDisconnected | http.client.IncompleteRead):
        return EngineGone
    if isinstance(error, STRANGE):
        return NotAnEngine
    if isinstance(error, OSError | AttributeError):
        return EngineGone
    return EngineFailure


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what is wrapped in it, in either of the two ways."""
    yield error
    wrapped = [arg for arg in error.args if isinstance(arg, BaseException)]
    for cause in (*wrapped, error.__cause__):
        if cause is not None:
            yield from _causes(cause)


def check_answer(response: requests.Response, *_: Any, **__: Any) -> requests.Response:
    """Raise what a refusal means, before the SDK stumbles over bodies it does not expect."""
    if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
        return response
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return response
    body = response.raw.read(READ_AT_MOST, decode_content=False)
    response.close()
    raise refusal(response.status_code, body)


def refusal(status: int, body: bytes) -> Failure:
    """What an answer that is no success means."""
    message = _message(body)
    if message is not None:
        return meaning(cut(message), status)
    text = cut(body.decode(errors="replace").strip())
    redirect = status < HTTPStatus.BAD_REQUEST
    if redirect or ("<html" in text.lower() and status != HTTPStatus.FORBIDDEN):
        return NotAnEngine(detail=text)
    return meaning(text, status)


def _message(body: bytes) -> str | None:
    """The reason in Docker's JSON, or in that of Podman's streams."""
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return None
    if not isinstance(answer, dict):
        return None
    nested = answer.get("errorDetail")
    detail = nested.get("message") if isinstance(nested, dict) else None
    message = answer.get("message") or detail or answer.get("error")
    return message if isinstance(message, str) else None


def cut(text: str) -> str:
    return text if len(text) <= KEPT_CHARACTERS else f"{text[:KEPT_CHARACTERS]}…"
