"""The parts of an archive, put into a store one by one."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from layerhold.archives.compression import Compression
from layerhold.archives.contents import Part, Place
from layerhold.archives.parts import streams
from layerhold.archives.streams import Stream, blocks, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.index import Entry
from layerhold.engine.store.layout import Layout
from layerhold.engine.store.leases import Lease
from layerhold.engine.store.partial import partial
from layerhold.engine.store.showing import shown


@dataclass(frozen=True, slots=True)
class Put:
    """A blob that is in the store now."""

    digest: str
    size: int


class Shelving:
    """Remembers what it has put where; nothing that it puts is deleted while its lease lasts."""

    def __init__(
        self, layout: Layout, place: Place, lease: Lease, tell: Callable[[int], None], token: Token
    ) -> None:
        self.put: dict[Part, Put] = {}
        self._layout, self._place, self._lease = layout, place, lease
        self._tell, self._token = tell, token
        """Takes how many bytes more are done."""

    def add(self, content: bytes, digest: str) -> None:
        """A document that is in no archive."""
        self._lease.hold([digest])
        with partial(self._layout) as made:
            made.write(content)
            made.keep(digest)

    def listed(self, media_type: str, digest: str, size: int) -> Entry:
        """What is to stand in the index for a document that has been put in."""
        return shown(self._layout, self._lease, media_type, digest, size)

    def copy(
        self, wanted: Mapping[Part, str], unpacked_by: Callable[[Part], Compression] | None = None
    ) -> None:
        """Put parts in, each under the digest that it must have, or under what turns out.

        Raises `ArchiveFailure` where one has another digest.
        """
        missing = {part: digest for part, digest in wanted.items() if part not in self.put}
        if not missing:
            return
        self._lease.hold(digest for digest in missing.values() if digest)
        self._find(missing)
        missing = {part: digest for part, digest in missing.items() if part not in self.put}
        for part, stream in streams(self._place, missing, self._token):
            packed = unpacked_by(part) if unpacked_by else Compression.NONE
            bare = plain(stream, packed, self._token)
            self.put[part] = self._copy(bare, missing[part])

    def _find(self, missing: Mapping[Part, str]) -> None:
        """What the store has already; only as large a blob can be the same."""
        with Blobs(self._layout) as blobs:
            for part, digest in missing.items():
                if digest and blobs.size(digest) == part.size:
                    self.put[part] = Put(digest, part.size)
                    self._tell(part.size)

    def _copy(self, stream: Stream, expected: str) -> Put:
        algorithm = expected.partition(":")[0] or "sha256"
        taken = hashlib.new(algorithm)
        with partial(self._layout) as made:
            for block in blocks(stream, self._token):
                taken.update(block)
                made.write(block)
                self._tell(len(block))
            digest = f"{algorithm}:{taken.hexdigest()}"
            if expected and digest != expected:
                raise ArchiveFailure("", ArchiveFault.WRONG_DIGEST, f"{expected} is {digest}")
            if not expected:
                self._lease.hold([digest])
            made.keep(digest)
        return Put(digest, made.size)
