"""The members of a tar, one after the other, by their headers alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from layerhold.archives import tar_headers
from layerhold.archives.compression import HEAD
from layerhold.archives.limits import MOST_HEADERS
from layerhold.archives.streams import Stream, exactly
from layerhold.archives.tar_headers import BLOCK, NOTHING, Header, NotAHeader
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault

_LONGEST_ABOUT = 1 << 20
_LONGEST_CHAIN = 16
_MOST_ABOUT = 16 << 20
"""Bytes of headers about headers: of one, how many in a row, and of all."""
_IS_EXTENDED, _GOES_ON = 482, 504
"""Where GNU tar says that a map of the holes goes on in another block."""


class Kind(Enum):
    """What a member is."""

    FILE = "file"
    HARD_LINK = "hard link"
    SYMBOLIC_LINK = "symbolic link"
    FOLDER = "folder"
    OTHER = "other"
    """A device, a pipe, a file with holes, or what no one knows."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member, before its bytes are read."""

    name: str
    """As written; it may lead anywhere, and is never used as a path on this machine."""
    kind: Kind
    offset: int
    """Of its first byte in the tar."""
    size: int
    link: str
    """What a link points to, as written."""
    head: bytes
    """Its first bytes."""


class Members:
    """Goes through a tar from where the stream stands; raises `ArchiveFailure`."""

    def __init__(self, stream: Stream) -> None:
        self.is_ended = False
        """Whether the blocks that end a tar were met."""
        self._stream = stream
        self._headers, self._about = 0, 0

    def __iter__(self) -> Iterator[Member]:
        while header := self._header():
            offset = self._stream.position
            size = 0 if header.type in tar_headers.WITHOUT_DATA else header.size
            kind = _kind(header)
            head = exactly(self._stream, min(HEAD, size)) if kind is Kind.FILE else b""
            yield Member(header.name, kind, offset, size, header.link, head)
            self._stream.skip(_padded(size) - (self._stream.position - offset))

    def _header(self) -> Header | None:
        """The next header, with what headers before it say about it."""
        records: dict[str, str] = {}
        for _ in range(_LONGEST_CHAIN):
            found = self._block()
            if found is None or found.type not in tar_headers.ABOUT_THE_NEXT:
                return self._told(found, records) if found and records else found
            self._read_about(found, records)
        raise self._failure(ArchiveFault.HOSTILE, "headers about headers without end")

    def _told(self, header: Header, records: dict[str, str]) -> Header:
        try:
            header.apply(records)
        except NotAHeader as error:
            raise self._failure(ArchiveFault.CORRUPT, str(error)) from error
        return header

    def _read_about(self, found: Header, records: dict[str, str]) -> None:
        """Read what a member says about the next one."""
        self._about += found.size
        if found.size > _LONGEST_ABOUT or self._about > _MOST_ABOUT:
            raise self._failure(ArchiveFault.HOSTILE, "a header is too long")
        content = exactly(self._stream, found.size)
        if len(content) < found.size:
            raise self._failure(ArchiveFault.TRUNCATED)
        self._stream.skip(_padded(found.size) - found.size)
        if found.type == tar_headers.LONG_NAME:
            records["path"] = tar_headers.long_text(content)
        elif found.type == tar_headers.LONG_LINK:
            records["linkpath"] = tar_headers.long_text(content)
        elif found.type == tar_headers.PAX:
            self._read_pax(content, records)

    def _read_pax(self, content: bytes, records: dict[str, str]) -> None:
        try:
            records.update(tar_headers.pax_records(content))
        except NotAHeader as error:
            raise self._failure(ArchiveFault.CORRUPT, str(error)) from error

    def _block(self) -> Header | None:
        """The header in the next block; `None` at the end."""
        block = exactly(self._stream, BLOCK)
        if not block or block == NOTHING:
            self.is_ended = bool(block)
            return None
        if len(block) < BLOCK:
            raise self._failure(ArchiveFault.TRUNCATED)
        self._count()
        try:
            header = tar_headers.header(block)
        except NotAHeader as error:
            raise self._failure(ArchiveFault.CORRUPT, str(error)) from error
        if header.type == tar_headers.GNU_SPARSE and block[_IS_EXTENDED]:
            self._pass_map()
        return header

    def _pass_map(self) -> None:
        while exactly(self._stream, BLOCK)[_GOES_ON:].strip(b"\0"):
            self._count()

    def _count(self) -> None:
        self._headers += 1
        if self._headers > MOST_HEADERS:
            raise self._failure(ArchiveFault.TOO_LARGE, f"more than {MOST_HEADERS} members")

    def _failure(self, fault: ArchiveFault, detail: str = "") -> ArchiveFailure:
        where = f"at byte {self._stream.position}"
        return ArchiveFailure(self._stream.path, fault, f"{detail} {where}".strip())


def _kind(header: Header) -> Kind:
    if header.is_sparse:
        return Kind.OTHER
    if header.type in tar_headers.FILES:
        return Kind.FOLDER if header.name.endswith("/") else Kind.FILE
    return {
        tar_headers.HARD_LINK: Kind.HARD_LINK,
        tar_headers.SYMBOLIC_LINK: Kind.SYMBOLIC_LINK,
        tar_headers.FOLDER: Kind.FOLDER,
    }.get(header.type, Kind.OTHER)


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
