"""Connections to one engine: some to look at it, and the SDK's for everything else."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING
from urllib.parse import quote

from layerhold.domain.errors import InvalidReference, ReferenceFault
from layerhold.engine.docker.errors import plain_errors
from layerhold.engine.docker.pool import Pool, Some
from layerhold.engine.docker.reader import Reader
from layerhold.engine.docker.versions import LOWEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layerhold.domain.cancel import Token
    from layerhold.engine.docker.address import Address
    from layerhold.engine.docker.client import Client

CONNECT_SECONDS = 5
READ_SECONDS = 120
"""A containerd store with many images needs seconds to list them, and longer when busy."""


class Session:
    """The connections to one engine."""

    def __init__(self, address: Address, api: str = LOWEST, seconds: float = 0) -> None:
        """`seconds`: how long to wait between two pieces of an answer, if not as usual."""
        self.address = address
        self.api = api
        self._seconds = seconds or READ_SECONDS
        self._readers = Pool(address.url, self._reader)
        self._clients = Pool(address.url, self._client)

    @contextmanager
    def reader(
        self, subject: str, token: Token | None = None, *, lasting: bool = False
    ) -> Iterator[Reader]:
        """Lend what asks questions; inside, every error is ours, and the token cuts the wait.

        A lasting operation has no time limit, and a connection that nobody else uses.
        """
        with self._lent(self._readers, subject, token, lasting=lasting) as reader:
            yield reader

    @contextmanager
    def client(
        self, subject: str, token: Token | None = None, *, lasting: bool = False
    ) -> Iterator[Client]:
        """Lend what changes, sends and fetches, in the same way."""
        with self._lent(self._clients, subject, token, lasting=lasting) as client:
            yield client

    def close(self) -> None:
        """Cut every connection; what waits on one ends with `EngineGone`."""
        self._readers.close()
        self._clients.close()

    @contextmanager
    def _lent(
        self, pool: Pool[Some], subject: str, token: Token | None, *, lasting: bool
    ) -> Iterator[Some]:
        with plain_errors(subject, token):
            if token:
                token.check()
            lent, usable = pool.lend(None if lasting else self._seconds), False
            try:
                with token.breaking(lent.line.cut) if token else nullcontext():
                    yield lent
                usable = not lasting
            finally:
                pool.take_back(lent, usable=usable)

    def _reader(self, seconds: float | None) -> Reader:
        return Reader(self.address, self.api, (CONNECT_SECONDS, seconds))

    def _client(self, seconds: float | None) -> Client:
        from layerhold.engine.docker.client import Client  # the SDK takes long to import

        return Client(self.address, self.api, (CONNECT_SECONDS, seconds))


def in_path(name: str) -> str:
    """A reference or ID quoted for a URL; raises `InvalidReference` where it would leave its path.

    The client resolves `..` before it sends, so that an odd name could reach another resource.
    """
    if {"", ".", ".."} & set(name.split("/")):
        raise InvalidReference(name, ReferenceFault.BAD_PATH, name)
    return quote(name, safe="/:@")
