"""An archive that comes in pieces, put down plain, so that it can be looked at from any side."""

from collections.abc import Iterable, Iterator

from layerhold.archives.compression import HEAD, foreign, told
from layerhold.archives.streams import blocks, exactly, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.engine.store.partial import Partial


def receive(chunks: Iterable[bytes], into: Partial, token: Token) -> None:
    """Everything, decompressed; raises `ArchiveFailure`, and what the chunks themselves raise."""
    arriving = _Arriving(chunks)
    arriving.head = exactly(arriving, HEAD)
    if not arriving.head:
        raise ArchiveFailure("", ArchiveFault.EMPTY)
    if other := foreign(arriving.head):
        raise ArchiveFailure("", ArchiveFault.UNSUPPORTED_COMPRESSION, other)
    compression = told(arriving.head)
    for block in blocks(plain(arriving, compression, token), token):
        into.write(block)


class _Arriving:
    """The pieces as a stream; what was looked at first is read again."""

    path = ""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.position = 0
        self.head = b""
        self._chunks: Iterator[bytes] = iter(chunks)
        self._left = memoryview(b"")

    def read(self, limit: int) -> bytes:
        if self.head:
            data, self.head = self.head[:limit], self.head[limit:]
            return data
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = memoryview(chunk)
        data, self._left = bytes(self._left[:limit]), self._left[limit:]
        self.position += len(data)
        return data

    def skip(self, count: int) -> None:
        raise NotImplementedError("what comes once has to be read")
