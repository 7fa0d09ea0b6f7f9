"""Bytes that are read in order: of a file, of a part of one, decompressed; never many at once."""

from collections.abc import Callable, Iterator
from typing import Protocol

from layerhold.archives.codecs import Damaged, Decompressor, TooMuchMemory
from layerhold.archives.compression import HEAD, Compression, told
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token

BLOCK = 256 << 10
"""Bytes at a time; as many stay in the processor's own memory while they are hashed."""
_FED = 32 << 10
"""Bytes that a decompressor gets at a time, which bounds what it copies between streams."""
_EMPTY_STREAMS = 10_000


class Stream(Protocol):
    """A place in a row of bytes."""

    path: str

    @property
    def position(self) -> int:
        """Bytes read or passed over so far."""

    def read(self, limit: int) -> bytes:
        """At least one byte and at most `limit`; none at the end."""

    def skip(self, count: int) -> None:
        """Pass over `count` bytes; raises `ArchiveFailure` where there are not as many."""


def exactly(stream: Stream, count: int) -> bytes:
    """As many bytes, or all that there are if they are fewer."""
    data = stream.read(count)
    if len(data) == count or not data:
        return data
    pieces, missing = [data], count - len(data)
    while missing and (data := stream.read(missing)):
        pieces.append(data)
        missing -= len(data)
    return b"".join(pieces)


def blocks(stream: Stream, token: Token) -> Iterator[bytes]:
    """All that is left, a block at a time."""
    while block := stream.read(BLOCK):
        token.check()
        yield block


class Window:
    """The next `size` bytes of a stream, and nothing beyond them."""

    def __init__(self, stream: Stream, size: int) -> None:
        self.path = stream.path
        self.position = 0
        self.size = size
        self._stream = stream

    def read(self, limit: int) -> bytes:
        wanted = min(limit, self.size - self.position)
        if wanted <= 0:
            return b""
        data = self._stream.read(wanted)
        if not data:
            raise ArchiveFailure(self.path, ArchiveFault.TRUNCATED)
        self.position += len(data)
        return data

    def skip(self, count: int) -> None:
        if self.position + count > self.size:
            raise ArchiveFailure(self.path, ArchiveFault.TRUNCATED)
        self._stream.skip(count)
        self.position += count


class Decompressed:
    """What a compressed stream was before.

    It may be thousands of times as large, as layers of nothing but zeros are: a block at a time is
    all that anybody holds of it, and the token ends what takes too long.
    """

    def __init__(self, source: Stream, compression: Compression, token: Token) -> None:
        self.path = source.path
        self.position = 0
        self._source, self._token = source, token
        self._compression = compression
        self._decompressor = Decompressor(compression)
        self._waiting = b""
        """Compressed bytes that were read and not yet put in."""
        self._ready, self._taken = b"", 0
        """Decompressed bytes, and how many of them were handed out."""
        self._made, self._made_before, self._empty = 0, 0, 0
        self._ended = False

    def read(self, limit: int) -> bytes:
        if self._taken == len(self._ready):
            self._ready, self._taken = self._more(), 0
        if not self._taken and len(self._ready) <= limit:
            data, self._taken = self._ready, len(self._ready)
        else:
            data = self._ready[self._taken : self._taken + limit]
            self._taken += len(data)
        self.position += len(data)
        return data

    def skip(self, count: int) -> None:
        end = self.position + count
        while self.position < end:
            if not self.read(min(BLOCK, end - self.position)):
                raise ArchiveFailure(self.path, ArchiveFault.TRUNCATED)

    def _more(self) -> bytes:
        while not self._ended:
            self._token.check()
            if self._decompressor.ended:
                self._begin_next()
                continue
            is_hungry = self._decompressor.needs_input
            fed = self._fed() if is_hungry else b""
            if made := self._decompress(fed):
                self._made += len(made)
                return made
            if is_hungry and not fed and not self._decompressor.ended:
                raise ArchiveFailure(self.path, ArchiveFault.TRUNCATED)
        return b""

    def _fed(self) -> bytes:
        if not self._waiting:
            return self._source.read(_FED)
        fed, self._waiting = self._waiting, b""
        return fed

    def _decompress(self, fed: bytes) -> bytes:
        try:
            return self._decompressor.decompress(fed, BLOCK)
        except TooMuchMemory as error:
            fault = ArchiveFault.UNSUPPORTED_COMPRESSION
            raise ArchiveFailure(self.path, fault, str(error)) from error
        except Damaged as error:
            raise ArchiveFailure(self.path, ArchiveFault.CORRUPT, str(error)) from error

    def _begin_next(self) -> None:
        """Streams may follow each other; zeros at the end are padding."""
        rest = self._decompressor.rest
        if len(rest) < HEAD:
            rest += self._source.read(_FED)
        if told(rest[:HEAD]) is self._compression:
            self._refuse_endless_nothing()
            self._decompressor, self._waiting = Decompressor(self._compression), rest
        elif rest.strip(b"\0"):
            detail = f"bytes after the end of the {self._compression.value} data"
            raise ArchiveFailure(self.path, ArchiveFault.CORRUPT, detail)
        else:
            self._ended = True

    def _refuse_endless_nothing(self) -> None:
        self._empty = self._empty + 1 if self._made == self._made_before else 0
        self._made_before = self._made
        if self._empty > _EMPTY_STREAMS:
            raise ArchiveFailure(self.path, ArchiveFault.HOSTILE, "empty streams without end")


def plain(stream: Stream, compression: Compression, token: Token) -> Stream:
    """The stream as it was before it was compressed."""
    if compression is Compression.NONE:
        return stream
    return Decompressed(stream, compression, token)


class Reported:
    """A stream that tells how far it was read."""

    def __init__(self, stream: Stream, tell: Callable[[int], None]) -> None:
        self.path = stream.path
        self._stream, self._tell = stream, tell

    @property
    def position(self) -> int:
        return self._stream.position

    def read(self, limit: int) -> bytes:
        data = self._stream.read(limit)
        self._tell(self._stream.position)
        return data

    def skip(self, count: int) -> None:
        self._stream.skip(count)
