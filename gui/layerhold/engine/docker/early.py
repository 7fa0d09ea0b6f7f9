"""The first questions to an engine, asked before anything slow is imported.

Only the standard library's fast parts: the engine works out its answer while Qt and the SDK load.
HTTP 1.0 makes the end of the connection the end of the answer, so that nothing needs decoding.
"""

from __future__ import annotations

import json
import socket
from time import monotonic
from typing import TYPE_CHECKING

from layerhold.engine.docker.address import Address, dial, parse
from layerhold.engine.docker.versions import common

if TYPE_CHECKING:
    from layerhold.domain.cancel import Token
    from layerhold.engine.about import Endpoint

GREETING_SECONDS = 4.0
"""For everything until the questions are sent; an engine in order needs milliseconds."""
ANSWER_SECONDS = 120.0
GREETING_BYTES = 1 << 20
CHUNK = 1 << 18


class Question:
    """A question that was sent; the answer is read once."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def read(self, token: Token | None = None) -> bytes | None:
        """The body of the answer, or `None` if it must be asked for again; raises `Cancelled`."""
        try:
            if token is None:
                return self._body()
            with token.breaking(self._cut):
                body = self._body()
            token.check()
            return body
        finally:
            self.close()

    def _body(self) -> bytes | None:
        try:
            self._sock.settimeout(ANSWER_SECONDS)
            return body_of(_everything(self._sock))
        except OSError:
            return None

    def _cut(self) -> None:
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        self._sock.close()


class EarlyAnswer:
    """What the engine said about itself, and what it was asked then."""

    def __init__(self, version: bytes, api: str, images: Question, containers: Question) -> None:
        self.version = version
        """The JSON of `/version`."""
        self.api = api
        """The API version in use, after clamping."""
        self.images = images
        """Asked for `/images/json?all=1`; `wire.images_from` reads its body."""
        self.containers = containers
        """Asked for `/containers/json?all=1`; `wire.containers_from` reads its body."""

    def close(self) -> None:
        """Drop the answers that nobody read."""
        self.images.close()
        self.containers.close()


def send(endpoint: Endpoint) -> EarlyAnswer | None:
    """Ask for images and containers, and wait for neither; `None` where it cannot be, in 5 s."""
    started = monotonic()
    try:
        address = parse(endpoint.url)
        version = _greeting(address, started)
        api = _api(version)
        if api is None:
            return None
        return EarlyAnswer(version, api, *_questions(address, api, started))
    except (OSError, ValueError):
        return None


def _greeting(address: Address, started: float) -> bytes:
    with _ask(address, "/version", started) as sock:
        answer = _everything(sock, GREETING_BYTES, started)
    return body_of(answer) or b""


def _api(version: bytes) -> str | None:
    known = json.loads(version)
    if not isinstance(known, dict):
        return None
    return common(str(known.get("MinAPIVersion") or ""), str(known.get("ApiVersion") or ""))


def _questions(address: Address, api: str, started: float) -> tuple[Question, Question]:
    images = _ask(address, f"/v{api}/images/json?all=1", started)
    try:
        containers = _ask(address, f"/v{api}/containers/json?all=1", started)
    except OSError:
        images.close()
        raise
    return Question(images), Question(containers)


def _ask(address: Address, path: str, started: float) -> socket.socket:
    sock = dial(address, _left(started), lambda _: None)
    host = address.host or "localhost"
    try:
        sock.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
    except OSError:
        sock.close()
        raise
    return sock


def _left(started: float) -> float:
    """Seconds; never none, which would mean not to wait at all."""
    return max(0.01, started + GREETING_SECONDS - monotonic())


def _everything(
    sock: socket.socket, limit: int | None = None, started: float | None = None
) -> bytearray:
    """All that comes until the engine hangs up; raises `OSError` beyond the limits."""
    answer = bytearray()
    while chunk := sock.recv(CHUNK):
        answer += chunk
        if limit is not None and len(answer) > limit:
            raise OSError(f"more than {limit} bytes")
        if started is not None:
            sock.settimeout(_left(started))
    return answer


def body_of(answer: bytearray) -> bytes | None:
    """The body of a successful answer, and `None` for any other."""
    head, _, body = bytes(answer).partition(b"\r\n\r\n")
    status, *headers = head.lower().split(b"\r\n")
    fields = {name: value.strip() for name, _, value in (line.partition(b":") for line in headers)}
    if b" 200" not in status[:13] or b"transfer-encoding" in fields:
        return None
    length = fields.get(b"content-length")
    return body if length is None or length == str(len(body)).encode() else None
