"""What it means when an engine refuses."""

from http import HTTPStatus

import msgspec

from layerhold.domain.errors import Failure, NotAnEngine
from layerhold.engine.docker.refusals import meaning

KEPT_CHARACTERS = 2000
"""Of what an engine says; a proxy in its place may answer with megabytes."""
READ_AT_MOST = 1 << 20
"""Bytes of an answer that is no success."""


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
