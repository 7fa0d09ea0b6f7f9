"""Blobs on their way to a registry: only where it has not got them, and on from where it was."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urljoin

from layerhold.domain.descriptors import Descriptor
from layerhold.domain.progress import LayerState
from layerhold.domain.references import Reference
from layerhold.domain.registry_errors import (
    Damaged,
    LoginNeeded,
    LoginRefused,
    OutOfOrder,
    RegistryFailure,
    RegistryUnreachable,
    RemoteNotFound,
    TooMuchAtOnce,
)
from layerhold.registry.manifests import pushing
from layerhold.registry.persistence import nobody, persistently
from layerhold.registry.refusals import Answer
from layerhold.registry.request import Body, Request
from layerhold.registry.session import Session
from layerhold.registry.streams import Source, Told

SMALL = 1 << 20
"""Bytes that go along with the last request: one request less, and little to lose."""
LARGEST_PIECE = 64 << 20
"""Bytes, where not all can go at once: what proxies with a limit mostly let through."""
SMALLEST_PIECE = 4 << 20
"""Bytes; a line that breaks more often than that moves nothing."""
SMALLEST_HEADER = "OCI-Chunk-Min-Length"
RANGE = re.compile(r"(?:bytes=)?0-(\d+)")
GONE = frozenset({RegistryFailure, RemoteNotFound})
"""What is said of an upload that is no more."""
INVALID = "DIGEST_INVALID"
BINARY = {"Content-Type": "application/octet-stream"}


def send(
    session: Session,
    reference: Reference,
    blob: Descriptor,
    source: Source,
    told: Told = nobody,
    origin: str = "",
) -> LayerState:
    """Give the registry a blob: `EXISTS`, `MOUNTED` or `PUSHED`; raises `RegistryFailure`.

    `origin` is the path of another repository there that may have it. A foreign layer is not for
    registries, and better not sent.
    """
    dispatch = _Dispatch(session, reference, blob, source, told)
    state = persistently(session, lambda: dispatch.attempt(origin), told, lambda: dispatch.furthest)
    told(state, blob.size)
    return state


@dataclass(frozen=True)
class _Piece:
    """A part of a blob, read when it is sent."""

    source: Source
    start: int
    length: int
    told: Told

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[bytes]:
        at, end = self.start, self.start + self.length
        for block in self.source.blocks(at):
            yield block[: end - at]
            at = min(at + len(block), end)
            self.told(LayerState.PUSHING, at)
            if at == end:
                return


class _Dispatch:
    """One blob that goes, however often that takes."""

    def __init__(
        self, session: Session, reference: Reference, blob: Descriptor, source: Source, told: Told
    ) -> None:
        self._session, self._blob, self._source, self._told = session, blob, source, told
        self._path, self._name = f"/v2/{reference.path}/blobs", reference.familiar
        self._scope = pushing(reference)
        self._place = ""
        """Where this upload is, which each answer may change."""
        self._kept = 0
        """Bytes that the registry says it has."""
        self._piece = blob.size
        self._least = 0
        self._is_doubtful = False
        """The registry may know more of it than we do."""
        self.furthest = 0

    def attempt(self, origin: str) -> LayerState:
        while True:
            try:
                return self._go_on(origin)
            except TooMuchAtOnce:
                if not self._take_smaller_pieces():
                    raise
            except RegistryUnreachable:
                # A piece that has arrived whole is not lost again, whatever stands in between.
                self._take_smaller_pieces()
                self._is_doubtful = True
                raise
            except RegistryFailure as failure:
                if not self._is_doubtful or type(failure) not in GONE:
                    raise
                # The request that broke off went on over there, and was ahead of the next one.
                self._is_doubtful, self._place = False, ""

    def _go_on(self, origin: str) -> LayerState:
        if self._place:
            self._look_where_it_is()
        if not self._place:
            if self._is_there():
                return LayerState.EXISTS
            if self._begin(origin):
                return LayerState.MOUNTED
        while self._kept < self._blob.size and self._blob.size > SMALL:
            self._add()
        self._finish()
        return LayerState.PUSHED

    def _look_where_it_is(self) -> None:
        try:
            answer = self._ask("GET", self._place)
        except RegistryFailure as failure:
            if type(failure) not in GONE:
                raise
            # Docker's registry gives an upload up that broke off in the middle of a request.
            self._place = ""
        else:
            self._follow(answer, 0)

    def _is_there(self) -> bool:
        try:
            self._ask("HEAD", f"{self._path}/{self._blob.digest}")
        except RemoteNotFound:
            return False
        return True

    def _begin(self, origin: str) -> bool:
        """Open an upload, or have the registry take the blob from the other repository."""
        answer = self._mounted(origin) if origin else None
        answer = answer or self._ask("POST", f"{self._path}/uploads/")
        if answer.status == HTTPStatus.CREATED:
            return True
        self._follow(answer, 0)
        smallest = answer.header(SMALLEST_HEADER)
        self._least = int(smallest) if smallest.isdecimal() else 0
        return False

    def _mounted(self, origin: str) -> Answer | None:
        """What it says to that; nothing where the other repository is not for us to see."""
        query = f"mount={quote(self._blob.digest)}&from={quote(origin, safe='')}"
        scope = f"{self._scope} repository:{origin}:pull"
        try:
            return self._ask("POST", f"{self._path}/uploads/?{query}", scope=scope)
        except (LoginNeeded, LoginRefused, RemoteNotFound):
            return None

    def _add(self) -> None:
        """Send a piece, which is all of it as long as nothing speaks against that."""
        start = self._kept
        length = min(max(self._piece, self._least), self._blob.size - start)
        headers = dict(BINARY)
        if length < self._blob.size:
            headers["Content-Range"] = f"{start}-{start + length - 1}"
        piece = _Piece(self._source, start, length, self._told)
        self._follow(self._ask("PATCH", self._place, piece, headers), start + length)
        if not start < self._kept <= start + length:
            detail = f"it says that it has {self._kept} bytes of {start + length}"
            raise OutOfOrder(self._name, self._session.registry, detail)

    def _finish(self) -> None:
        """Have the registry check what it has, which for a small blob comes only now."""
        left = self._blob.size - self._kept
        body = _Piece(self._source, self._kept, left, self._told) if left else None
        place = (
            f"{self._place}{'&' if '?' in self._place else '?'}digest={quote(self._blob.digest)}"
        )
        try:
            self._ask("PUT", place, body, BINARY)
        except RegistryFailure as failure:
            if INVALID not in failure.detail:
                raise
            self._place = ""
            raise Damaged(self._name, self._session.registry, failure.detail) from failure

    def _follow(self, answer: Answer, kept: int) -> None:
        """Go where the registry says, and on from what it says it has."""
        place = answer.header("Location")
        if not place and not self._place:
            told = "It names no place for the upload."
            raise RegistryFailure(self._name, self._session.registry, told)
        self._place = urljoin(answer.url, place) if place else self._place
        last = RANGE.fullmatch(answer.header("Range"))
        if last:
            # Nothing and the first byte are told in the same way.
            kept = int(last[1]) and int(last[1]) + 1
        self._kept = kept
        self.furthest = max(self.furthest, self._kept)

    def _take_smaller_pieces(self) -> bool:
        """Whether they can be any smaller."""
        if self._piece <= max(SMALLEST_PIECE, self._least):
            return False
        self._piece = max(SMALLEST_PIECE, min(LARGEST_PIECE, self._piece // 4))
        return True

    def _ask(
        self,
        method: str,
        path: str,
        body: Body | None = None,
        headers: Mapping[str, str] | None = None,
        scope: str = "",
    ) -> Answer:
        scope = scope or self._scope
        return self._session.ask(Request(path, method, scope, self._name, headers or {}, body))
