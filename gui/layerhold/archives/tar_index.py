"""Where in a tar its files are, found by one look at all headers."""

import re
from dataclasses import dataclass, field

from layerhold.archives import names
from layerhold.archives.compression import told
from layerhold.archives.contents import Part
from layerhold.archives.limits import MOST_PARTS
from layerhold.archives.members import Kind, Member, Members
from layerhold.archives.streams import Stream, exactly
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token

_MOST_HOPS = 8
_SMALL, _MOST_KEPT = 64 << 10, 16 << 20
"""Bytes of a document that is kept in passing, and of all of them."""
_SYSTEM = re.compile(
    r"bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc"
    r"|root|run|sbin|srv|sys|tmp|usr|var"
)
"""The folders of an operating system."""
_CERTAIN = 6
"""So many of these folders make a file system, whatever follows."""
_OF_NO_USE = ("/VERSION", "/json")
"""What archives carry for Docker before 1.10."""


@dataclass(slots=True)
class TarIndex:
    """The files of a tar by their tidied names."""

    size: int = 0
    """Bytes of the tar."""
    is_ended: bool = False
    """Whether the blocks are there that end a tar."""
    is_ambiguous: bool = False
    """A name stands for two files."""
    kept: dict[int, bytes] = field(default_factory=dict)
    """Small documents by their offset, of a tar that is read in order."""
    _parts: dict[str, Part | str | None] = field(default_factory=dict)
    """Files; the names that links point to; and what is neither."""
    _top: set[str] = field(default_factory=set)
    _room: int = _MOST_KEPT

    @property
    def system_folders(self) -> int:
        """How many folders at the top are those of an operating system."""
        return len(self._top)

    def find(self, name: str) -> Part | None:
        """The file of that name, links followed inside the tar."""
        wanted = names.tidy(name)
        for _ in range(_MOST_HOPS):
            found = self._parts.get(wanted) if wanted else None
            if not isinstance(found, str):
                return found
            wanted = found
        return None

    def enter(self, member: Member) -> None:
        """Remember a member, if it could be part of an image."""
        name = names.tidy(member.name)
        if name is None:
            self.is_ambiguous |= member.kind is not Kind.FOLDER
            return
        self._look_at(name.partition("/")[0], member)
        if member.kind is Kind.FOLDER or name.endswith(_OF_NO_USE):
            return
        self.is_ambiguous |= name in self._parts
        self._parts[name] = _entry(name, member)

    def keep(self, offset: int, document: bytes) -> None:
        """Remember a small document as long as there is room."""
        self._room -= len(document)
        if self._room >= 0:
            self.kept[offset] = document

    @property
    def is_empty(self) -> bool:
        return not self._parts and not self._top

    @property
    def is_crowded(self) -> bool:
        return len(self._parts) > MOST_PARTS

    @property
    def is_certainly_file_system(self) -> bool:
        return len(self._top) >= _CERTAIN

    def _look_at(self, top: str, member: Member) -> None:
        if _SYSTEM.fullmatch(top) and (member.kind is not Kind.FILE or "/" in member.name):
            self._top.add(top)


def survey(stream: Stream, token: Token, *, keeps: bool = False) -> TarIndex:
    """Look at every header; `keeps` small documents in passing. Raises `ArchiveFailure`."""
    index = TarIndex()
    members = Members(stream)
    for member in members:
        token.check()
        index.enter(member)
        if keeps and _is_document(member):
            index.keep(member.offset, member.head + exactly(stream, member.size - len(member.head)))
        if index.is_certainly_file_system:
            break
        if index.is_crowded:
            detail = f"more than {MOST_PARTS} parts"
            raise ArchiveFailure(stream.path, ArchiveFault.TOO_LARGE, detail)
    index.is_ended, index.size = members.is_ended, stream.position
    return index


def _is_document(member: Member) -> bool:
    return member.head[:1] in (b"{", b"[") and member.size <= _SMALL


def _entry(name: str, member: Member) -> Part | str | None:
    match member.kind:
        case Kind.FILE:
            return Part(name, member.size, told(member.head), member.offset)
        case Kind.HARD_LINK:
            return names.tidy(member.link)
        case Kind.SYMBOLIC_LINK:
            return names.aim(name, member.link)
        case _:
            return None
