"""Blobs on their way from a registry: taken up where they broke off, and checked."""

import hashlib
import re
from http import HTTPStatus

from layerhold.domain.descriptors import Descriptor
from layerhold.domain.progress import LayerState
from layerhold.domain.references import Reference
from layerhold.domain.registry_errors import (
    Damaged,
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.registry.incoming import Incoming
from layerhold.registry.manifests import pulling
from layerhold.registry.persistence import nobody, persistently
from layerhold.registry.request import Request
from layerhold.registry.session import Session
from layerhold.registry.streams import BLOCK, Sink, Told

CONTENT_RANGE = re.compile(r"bytes (\d+)-")


def fetch(
    session: Session, reference: Reference, blob: Descriptor, sink: Sink, told: Told = nobody
) -> None:
    """Bring what the sink has not got of a blob, and check all of it.

    Raises `RegistryFailure`; the sink then has a good beginning, which the next `fetch` goes on
    from, or nothing. A foreign layer is looked for at its own addresses too.
    """
    arrival = _Arrival(session, reference, blob, sink, told)
    persistently(session, arrival.attempt, told, lambda: sink.size)


class _Arrival:
    """One blob that comes, however often that takes."""

    def __init__(
        self, session: Session, reference: Reference, blob: Descriptor, sink: Sink, told: Told
    ) -> None:
        self._session, self._blob, self._sink, self._told = session, blob, sink, told
        self._name, self._scope = reference.familiar, pulling(reference)
        self._places = [f"/v2/{reference.path}/blobs/{blob.digest}", *blob.urls]
        self._algorithm = blob.digest.partition(":")[0]
        self._hash = hashlib.new(self._algorithm)
        self._hashed = 0

    def attempt(self) -> None:
        self._catch_up()
        if self._sink.size != self._blob.size:
            self._receive()
        self._verify()
        self._told(LayerState.DOWNLOADED, self._sink.size)

    def _catch_up(self) -> None:
        """Know the digest of what is there from before."""
        if 0 <= self._blob.size < self._sink.size:
            self._start_over()
        if self._hashed == self._sink.size:
            return
        for block in self._sink.blocks():
            if self._session.token:
                self._session.token.check()
            self._hash.update(block)
            self._hashed += len(block)
            self._told(LayerState.VERIFYING, self._hashed)

    def _receive(self) -> None:
        self._told(LayerState.DOWNLOADING, self._sink.size)
        start = self._sink.size
        headers = {"Range": f"bytes={start}-"} if start else {}
        request = Request(self._places[0], "GET", self._scope, self._name, headers)
        try:
            with self._session.open(request) as incoming:
                self._begin(incoming, start)
                while block := incoming.read(BLOCK):
                    self._take(block)
                if self._sink.size < self._blob.size and "Content-Length" in incoming.headers:
                    # It says itself that there is no more.
                    raise self._damaged(self._missing())
        except RemoteNotFound:
            if len(self._places) == 1:
                raise
            self._places.pop(0)
            self._receive()
        except RegistryFailure as failure:
            if start and type(failure) is RegistryFailure:
                # It does not like to be asked for a part, or has fewer bytes than we do.
                raise self._damaged(failure.detail) from failure
            raise

    def _begin(self, incoming: Incoming, start: int) -> None:
        if incoming.status == HTTPStatus.OK and start:
            # It gives no parts, but everything once more.
            self._start_over()
        elif incoming.status == HTTPStatus.PARTIAL_CONTENT:
            told = incoming.headers.get("Content-Range", "")
            found = CONTENT_RANGE.match(told)
            if not found or int(found[1]) != start:
                raise self._damaged(f"bytes from {start} were asked for, {told!r} came")

    def _take(self, block: bytes) -> None:
        if 0 <= self._blob.size < self._sink.size + len(block):
            raise self._damaged(f"more than {self._blob.size} bytes came")
        self._sink.write(block)
        self._hash.update(block)
        self._hashed += len(block)
        self._told(LayerState.DOWNLOADING, self._hashed)

    def _verify(self) -> None:
        if self._sink.size < self._blob.size:
            why = RegistryFault.BROKEN_OFF
            raise RegistryUnreachable(self._name, detail=self._missing(), why=why)
        digest = f"{self._algorithm}:{self._hash.hexdigest()}"
        if digest != self._blob.digest:
            raise self._damaged(f"{self._blob.digest} was asked for, {digest} came")

    def _missing(self) -> str:
        return f"{self._sink.size} of {self._blob.size} bytes came"

    def _damaged(self, detail: str) -> Damaged:
        """Forget what came."""
        self._start_over()
        return Damaged(self._name, self._session.registry, detail)

    def _start_over(self) -> None:
        self._sink.clear()
        self._hash, self._hashed = hashlib.new(self._algorithm), 0
