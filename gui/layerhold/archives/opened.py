"""An archive that has been looked over: its parts can be found and its documents be read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from layerhold.archives import files, names
from layerhold.archives.compression import HEAD, Compression, foreign, told
from layerhold.archives.contents import Part, Place
from layerhold.archives.files import File
from layerhold.archives.limits import ALL_DOCUMENTS, LARGEST_DOCUMENT, LONGEST_PADDING
from layerhold.archives.parts import streams
from layerhold.archives.streams import Reported, Stream, blocks, exactly, plain
from layerhold.archives.tar_headers import BLOCK
from layerhold.archives.tar_index import TarIndex, survey
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.digests import is_digest
from layerhold.domain.progress import Progress, Report

_NO_PART = (ArchiveFault.NOT_FOUND, ArchiveFault.NOT_A_FILE, ArchiveFault.FOLDER)


@dataclass(slots=True)
class Opened:
    """Lasts as long as the archive is being read."""

    place: Place
    token: Token
    find: Callable[[str], Part | None]
    """The part of that name, links followed inside the archive."""
    plain_size: int = 0
    is_ended: bool = True
    has_rest: bool = False
    is_ambiguous: bool = False
    system_folders: int = 0
    """How many folders at the top are those of an operating system."""
    is_empty: bool = False
    _kept: Mapping[int, bytes] | None = None
    """Documents that were read in passing, by their offset."""
    _room: int = ALL_DOCUMENTS

    def blob(self, digest: str) -> Part | None:
        """What an OCI layout keeps under a digest; it must not be a link to something else."""
        name = names.blob(digest)
        part = self.find(name) if is_digest(digest) else None
        return part if part and part.name == name else None

    def documents(self, parts: Iterable[Part]) -> Iterator[tuple[Part, bytes]]:
        """Each part once, in any order; those that no document is as large as are left out."""
        wanted = {part for part in parts if part.size <= LARGEST_DOCUMENT}
        self._room -= sum(part.size for part in wanted)
        if self._room < 0:
            raise ArchiveFailure(str(self.place.path), ArchiveFault.TOO_LARGE, "documents")
        kept = self._kept or {}
        yield from ((part, kept[part.offset]) for part in wanted if part.offset in kept)
        rest = [part for part in wanted if part.offset not in kept]
        if rest:
            for part, stream in streams(self.place, rest, self.token):
                yield part, exactly(stream, part.size)

    def document(self, name: str) -> bytes | None:
        """One of the documents that an archive begins with."""
        part = self.find(name)
        return next((content for _, content in self.documents([part])), None) if part else None


def look_over(path: Path, token: Token, report: Report) -> Opened:
    """Find every part of the file or folder; raises `ArchiveFailure`."""
    stamp = files.stamp(path)
    with files.told_as_failure(str(path)):
        is_folder = path.is_dir()
    if is_folder:
        return _folder(Place(path, stamp, is_folder=True), token)
    with files.opened(path) as file:
        place = Place(path, stamp, _compression(file))
        return _tar(place, file, token, report)


def _compression(file: File) -> Compression:
    head = exactly(file, HEAD)
    file.position = 0
    if not head:
        raise ArchiveFailure(file.path, ArchiveFault.EMPTY)
    if other := foreign(head):
        raise ArchiveFailure(file.path, ArchiveFault.UNSUPPORTED_COMPRESSION, other)
    return told(head)


def _tar(place: Place, file: File, token: Token, report: Report) -> Opened:
    is_packed = place.compression is not Compression.NONE
    watched = Reported(file, lambda at: report(Progress(at, file.size, "bytes")))
    stream = plain(watched, place.compression, token) if is_packed else file
    index = _index(stream, token, keeps=is_packed)
    if index.is_certainly_file_system:
        raise ArchiveFailure(file.path, ArchiveFault.FILE_SYSTEM)
    has_rest = _has_rest(stream, token)
    size = stream.position + sum(map(len, blocks(stream, token))) if is_packed else file.size
    return Opened(
        place,
        token,
        index.find,
        size,
        index.is_ended,
        has_rest,
        index.is_ambiguous,
        index.system_folders,
        index.is_empty,
        index.kept,
    )


def _has_rest(stream: Stream, token: Token) -> bool:
    """Whether more follows the end than the zeros that fill up a block of a tape."""
    end = stream.position
    for block in blocks(stream, token):
        if block.strip(b"\0") or stream.position - end > LONGEST_PADDING:
            return True
    return False


def _index(stream: Stream, token: Token, *, keeps: bool = False) -> TarIndex:
    try:
        return survey(stream, token, keeps=keeps)
    except ArchiveFailure as failure:
        if 0 < stream.position <= BLOCK:
            raise ArchiveFailure(stream.path, ArchiveFault.NOT_AN_ARCHIVE) from failure
        raise


def _folder(place: Place, token: Token) -> Opened:
    def find(name: str) -> Part | None:
        try:
            with files.opened_inside(place.path, name) as file:
                return Part(name, file.size, told(exactly(file, HEAD)))
        except ArchiveFailure as failure:
            if failure.fault in _NO_PART:
                return None
            raise

    return Opened(place, token, find)
