"""A tar that is made while it is read, so that it is never anywhere as a whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from tarfile import GNU_FORMAT, TarInfo

from layerhold.archives.compression import Compression
from layerhold.archives.contents import Part, Place
from layerhold.archives.parts import streams
from layerhold.archives.streams import Stream, blocks, plain
from layerhold.archives.tar_headers import BLOCK
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token

END = bytes(2 * BLOCK)


@dataclass(frozen=True, slots=True)
class Copied:
    """A part of an archive under a name of the new tar."""

    part: Part
    name: str
    size: int
    """Bytes in the new tar."""
    unpacks: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A document of the new tar."""

    name: str
    content: bytes


def size(copied: Iterable[Copied], written: Iterable[Written]) -> int:
    """Bytes of the tar that `chunks` makes."""
    parts = sum(len(_header(each.name, each.size)) + _padded(each.size) for each in copied)
    texts = sum(len(_document(each)) for each in written)
    return parts + texts + len(END)


def chunks(
    place: Place, copied: Sequence[Copied], written: Iterable[Written], token: Token
) -> Iterator[bytes]:
    """The parts in the order in which they are stored, then the documents.

    What an engine needs to find an image comes last, so that a tar that breaks off loads nothing.
    """
    by_part = {each.part: each for each in copied}
    for part, stream in streams(place, by_part, token):
        yield from _copy(by_part[part], stream, token)
    for document in written:
        yield _document(document)
    yield END


def _copy(copied: Copied, stream: Stream, token: Token) -> Iterator[bytes]:
    yield _header(copied.name, copied.size)
    compression = copied.part.compression if copied.unpacks else Compression.NONE
    count = 0
    for block in blocks(plain(stream, compression, token), token):
        count += len(block)
        yield block
    if count != copied.size:
        raise ArchiveFailure(stream.path, ArchiveFault.CHANGED, copied.part.name)
    yield bytes(-count % BLOCK)


def _document(document: Written) -> bytes:
    size = len(document.content)
    return _header(document.name, size) + document.content + bytes(-size % BLOCK)


def _header(name: str, size: int) -> bytes:
    entry = TarInfo(name)
    entry.size = size
    return entry.tobuf(GNU_FORMAT)


def _padded(size: int) -> int:
    return size + -size % BLOCK
