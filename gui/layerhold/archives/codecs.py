"""Decompressors and compressors, all of one manner, imported when they are needed."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from layerhold.archives.compression import Compression

_GZIP_LEVEL = 4
"""More work makes layers hardly smaller."""
_GZIP_FORMAT = 16 + zlib.MAX_WBITS
_LARGEST_DICTIONARY = 66 << 20
"""Bytes; what `xz -9` makes needs 65 MB."""


class Damaged(Exception):
    """The bytes are not what the compressor made."""


class TooMuchMemory(Exception):
    """Decompressing would take more memory than an archive may."""


class _Inner(Protocol):
    """One stream of compressed bytes, as in `bz2`, `lzma` and `compression.zstd`."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Decompressor:
    """Reads one stream; a file may hold several, one after the other."""

    def __init__(self, compression: Compression) -> None:
        self._inner, self._error = _inner(compression)

    @property
    def ended(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    @property
    def rest(self) -> bytes:
        """What was put in that belongs to the next stream."""
        return self._inner.unused_data

    def decompress(self, data: bytes, limit: int) -> bytes:
        """At most `limit` bytes; raises `Damaged` and `TooMuchMemory`."""
        try:
            return self._inner.decompress(data, limit)
        except self._error as error:
            kind = TooMuchMemory if "emory" in str(error) else Damaged
            raise kind(str(error)) from error


def compressing(chunks: Iterable[bytes], compression: Compression) -> Iterator[bytes]:
    """The chunks packed by gzip or zstd, or as they are."""
    if compression is Compression.NONE:
        yield from chunks
        return
    compressor = _compressor(compression)
    for chunk in chunks:
        if packed := compressor.compress(chunk):
            yield packed
    yield compressor.flush()


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def _compressor(compression: Compression) -> _Compressor:
    if compression is Compression.GZIP:
        return zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_FORMAT)
    if compression is Compression.ZSTD:
        from layerhold.archives import zstd

        return zstd.compressor()
    raise ValueError(compression)


def _inner(compression: Compression) -> tuple[_Inner, type[Exception]]:
    match compression:
        case Compression.GZIP:
            return _Gunzip(), zlib.error
        case Compression.BZIP2:
            import bz2

            return bz2.BZ2Decompressor(), OSError
        case Compression.XZ:
            import lzma

            inner = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_LARGEST_DICTIONARY)
            return inner, lzma.LZMAError
        case Compression.ZSTD:
            from layerhold.archives import zstd

            return zstd.decompressor(), zstd.ZstdError
        case Compression.NONE:
            raise ValueError(compression)


class _Gunzip:
    """zlib in the manner of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP_FORMAT)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
