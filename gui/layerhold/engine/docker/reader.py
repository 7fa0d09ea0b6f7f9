"""Questions that change nothing, over the standard library's HTTP.

Whoever only looks need not import the SDK for it: 7 MB, and a tenth of a second of processor time.
"""

import http.client
from collections.abc import Iterator, Mapping
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ, DefaultSelector
from urllib.parse import urlencode

from layerhold import __version__
from layerhold.engine.docker.address import Address
from layerhold.engine.docker.answers import READ_AT_MOST, refusal
from layerhold.engine.docker.line import Line

HEADERS = {"User-Agent": f"Layerhold/{__version__}"}
CHUNK = 1 << 16

Query = Mapping[str, str | int | list[str]]
NOTHING: Query = {}


class Reader:
    """One kept connection; an answer is read to its end before the next question."""

    def __init__(self, address: Address, api: str, limits: tuple[float, float | None]) -> None:
        """`limits`: seconds to connect, and between two pieces of an answer."""
        self.line = Line()
        self._api = api
        self._connection = _Connection(address, self.line, limits)
        self._answer: http.client.HTTPResponse | None = None

    def ask(self, path: str, query: Query = NOTHING) -> bytes:
        """The answer to a question of the versioned API; raises `Failure` for a refusal."""
        return self._open(f"/v{self._api}{path}", query).read()

    def listen(self, path: str, query: Query = NOTHING) -> Iterator[bytes]:
        """The same in pieces as they come."""
        answer = self._open(f"/v{self._api}{path}", query)
        return iter(partial(answer.read1, CHUNK), b"")

    def greet(self, most: int) -> bytes:
        """What the engine says of its version, but no more than so many bytes."""
        answer = self._open("/version", NOTHING)
        said = answer.read(most)
        if answer.length and len(said) < most:
            raise http.client.IncompleteRead(said, answer.length)
        return said

    def close(self) -> None:
        self.line.close()
        if self._answer is not None:
            # Not read to its end, it would keep the socket.
            self._answer.close()
        self._connection.close()

    def _open(self, path: str, query: Query) -> http.client.HTTPResponse:
        connection = self._connection
        connection.drop_if_stale()
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        connection.request("GET", target, headers=HEADERS)
        self._answer = answer = connection.getresponse()
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return answer
        body = answer.read(READ_AT_MOST)
        connection.close()
        raise refusal(answer.status, body)


class _Connection(http.client.HTTPConnection):
    """An HTTP connection to an engine's address, over a line that can be cut."""

    def __init__(self, address: Address, line: Line, limits: tuple[float, float | None]) -> None:
        super().__init__(address.host or "localhost", address.port or None)
        self._address, self._line, self._limits = address, line, limits

    def connect(self) -> None:
        to_connect, between = self._limits
        self.sock = self._line.connect(self._address, to_connect)
        self.sock.settimeout(between)

    def drop_if_stale(self) -> None:
        """Connect anew where the engine has hung up meanwhile: nothing else can have come."""
        if self.sock is None:
            return
        with DefaultSelector() as selector:
            selector.register(self.sock, EVENT_READ)
            if selector.select(0):
                self.close()
