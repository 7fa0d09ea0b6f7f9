"""What a container has written, line by line."""

from codecs import getincrementaldecoder
from collections.abc import Iterator

import requests

from layerhold.domain.cancel import Token
from layerhold.domain.containers import LogLine
from layerhold.domain.errors import EngineRefused
from layerhold.engine.docker import wire
from layerhold.engine.docker.client import Client
from layerhold.engine.docker.container_refusals import log_meaning
from layerhold.engine.docker.session import Session, in_path

HEADER = 8
"""Bytes before each piece: the stream, three zeros, and the length, highest byte first."""
ERRORS = 2
"""The number of standard error."""
LONGEST = 1 << 16
"""Characters of a line; a longer one comes in pieces."""


class WireConfig(wire.Wire):
    """How a container was made."""

    tty: bool | None = False


class WireDetails(wire.Wire):
    """What `/containers/{id}/json` says."""

    config: WireConfig | None = None


def container_log(
    session: Session,
    container_id: str,
    tail: int | None,
    token: Token | None = None,
    *,
    follow: bool = False,
) -> Iterator[LogLine]:
    options = {
        "stdout": "true",
        "stderr": "true",
        "follow": str(follow).lower(),
        "tail": "all" if tail is None else str(tail),
    }
    path = f"/containers/{in_path(container_id)}"
    try:
        with session.client(container_id, token, lasting=True) as client:
            tty = _has_tty(client, path)
            answer = client.ask("GET", f"{path}/logs", params=options, stream=True)
            yield from _lines(_pieces(answer, tty=tty))
    except EngineRefused as refused:
        raise log_meaning(refused) from refused


def _has_tty(client: Client, path: str) -> bool:
    config = wire.decode(client.ask("GET", f"{path}/json").content, WireDetails).config
    return bool(config and config.tty)


def _pieces(answer: requests.Response, *, tty: bool) -> Iterator[tuple[bool, bytes]]:
    """Whether it is of standard error, and what came; a terminal has one stream for both."""
    chunks = answer.iter_content(chunk_size=None)
    if tty:
        yield from ((False, chunk) for chunk in chunks)
        return
    rest = bytearray()
    for chunk in chunks:
        rest += chunk
        while len(rest) >= (end := HEADER + int.from_bytes(rest[4:HEADER], "big")):
            yield rest[0] == ERRORS, bytes(rest[HEADER:end])
            del rest[:end]


def _lines(pieces: Iterator[tuple[bool, bytes]]) -> Iterator[LogLine]:
    """Whole lines of each stream, and at the end what has none."""
    decoders = {error: getincrementaldecoder("utf-8")("replace") for error in (False, True)}
    begun = {False: "", True: ""}
    for error, piece in pieces:
        *whole, rest = (begun[error] + decoders[error].decode(piece)).split("\n")
        yield from (LogLine(line.rstrip("\r"), error=error) for line in whole)
        begun[error] = rest
        if len(rest) > LONGEST:
            yield LogLine(rest, error=error)
            begun[error] = ""
    yield from (LogLine(rest, error=error) for error, rest in begun.items() if rest)
