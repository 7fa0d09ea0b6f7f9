"""The wrapper's edge to libraries: whatever comes out of them becomes one of our failures."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from functools import singledispatch

import msgspec

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
from layerhold.engine.docker.answers import cut


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
    """Our name for an error that a library raised."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Failure):
            return cause
    kinds = {kind(cause) for cause in causes}
    for worst in (OutcomeUnknown, NotAnEngine, EngineGone):
        if worst in kinds:
            innermost = next(cause for cause in causes if not _wrapped(cause))
            return worst(detail=cut(_words(innermost)))
    return EngineRefused(detail=cut(f"{type(error).__name__}: {error}"))


@singledispatch
def kind(error: BaseException) -> type[EngineFailure]:
    """What an error tells by itself; `client` knows those of the SDK."""
    del error
    return EngineFailure


@kind.register
def ran_out_of_time(_error: TimeoutError) -> type[EngineFailure]:
    return OutcomeUnknown


@kind.register
def is_gone(
    _error: OSError | AttributeError | http.client.RemoteDisconnected | http.client.IncompleteRead,
) -> type[EngineFailure]:
    """Without a connection; what came of a `RemoteDisconnected` is nothing, not a bad line."""
    return EngineGone


@kind.register
def is_strange(
    _error: msgspec.MsgspecError | http.client.HTTPException | UnicodeError,
) -> type[EngineFailure]:
    """Signs that something else than an engine answers."""
    return NotAnEngine


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what is wrapped in it."""
    yield error
    for cause in _wrapped(error):
        yield from _causes(cause)


def _wrapped(error: BaseException) -> list[BaseException]:
    """In either of the two ways."""
    return [cause for cause in (*error.args, error.__cause__) if isinstance(cause, BaseException)]


def _words(error: BaseException) -> str:
    """What the system says, without what Python adds."""
    if isinstance(error, http.client.IncompleteRead):
        return "the answer ended too early"
    return getattr(error, "strerror", None) or str(error)
