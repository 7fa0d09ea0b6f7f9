"""A context as a tar archive that is made while it is sent."""

import errno
import os
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from uuid import uuid4

from layerhold.archives.context.ignoring import NAME
from layerhold.archives.context.summary import walk_of
from layerhold.archives.context.walking import Found, Walk
from layerhold.domain.build_errors import (
    ContextFault,
    ContextProblem,
    DockerfileFault,
    DockerfileProblem,
)
from layerhold.domain.building import BuildWish
from layerhold.domain.cancel import Token

CHUNK = 1 << 16
"""Bytes that are read at once."""
BLOCK = tarfile.BLOCKSIZE
TYPES = {
    stat.S_IFREG: tarfile.REGTYPE,
    stat.S_IFDIR: tarfile.DIRTYPE,
    stat.S_IFLNK: tarfile.SYMTYPE,
    stat.S_IFIFO: tarfile.FIFOTYPE,
    stat.S_IFCHR: tarfile.CHRTYPE,
    stat.S_IFBLK: tarfile.BLKTYPE,
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the classic builder is sent."""

    dockerfile: str
    """Its path in the archive."""
    walk: Walk
    replaced: dict[str, bytes] = field(default_factory=dict)
    """Files that are not in the folder, or not as they are there."""

    def chunks(self, count: Callable[[int], None]) -> Iterator[bytes]:
        """The archive in pieces; `count` is told how many bytes have gone out.

        Raises `ContextProblem` at the first thing that cannot be sent.
        """
        waiting, sent = bytearray(), 0
        for piece in self._pieces():
            # Each piece is a write to the socket, and headers have 512 bytes.
            waiting += piece
            if len(waiting) >= CHUNK:
                yield bytes(waiting)
                sent += len(waiting)
                waiting.clear()
                count(sent)
        yield bytes(waiting)

    def _pieces(self) -> Iterator[bytes]:
        for path, content in self.replaced.items():
            yield _header(path, stat.S_IFREG | 0o600, len(content))
            yield content + _padding(len(content))
        known: dict[tuple[int, int], str] = {}
        for entry in self.walk.entries():
            if isinstance(entry, ContextProblem):
                raise entry
            if entry.path not in self.replaced:
                yield from _entry(entry, known)
        yield bytes(2 * BLOCK)


def pack(wish: BuildWish, token: Token) -> Parcel:
    """Make the context of a wish ready; raises `ContextProblem` and `DockerfileProblem`.

    The Dockerfile and `.dockerignore` are always sent, and the builder removes them where the
    latter names them. It knows no other ignore file; with one, or with a Dockerfile from
    elsewhere, the Dockerfile goes along under a name of its own.
    """
    walk = walk_of(wish, token.check)
    dockerfile = read_dockerfile(wish)
    place = wish.dockerfile_path.resolve()
    if place.is_relative_to(walk.context) and walk.ignoring.file in {None, walk.context / NAME}:
        inside = place.relative_to(walk.context).as_posix()
        return Parcel(inside, walk_of(wish, token.check, frozenset((inside, NAME))))
    name = f".dockerfile.{uuid4().hex[:20]}"
    return Parcel(name, walk, {name: dockerfile, NAME: _naming(name, walk)})


def read_dockerfile(wish: BuildWish) -> bytes:
    """What stands in the wish's Dockerfile; raises `DockerfileProblem`."""
    path = wish.dockerfile_path
    if path.exists() and not path.is_file():
        # A pipe would be waited for.
        raise DockerfileProblem(str(path), DockerfileFault.NO_FILE)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise DockerfileProblem(str(path), DockerfileFault.MISSING) from error
    except OSError as error:
        loops = error.errno == errno.ELOOP
        fault = DockerfileFault.NO_FILE if loops else DockerfileFault.UNREADABLE
        raise DockerfileProblem(str(path), fault, detail=error.strerror or "") from error
    if not content.strip():
        raise DockerfileProblem(str(path), DockerfileFault.EMPTY)
    return content


def _naming(name: str, walk: Walk) -> bytes:
    """The context's ignore file with the name as one more line, so that no step finds it."""
    left_out, _ = walk.ignoring.match(NAME)
    try:
        content = (walk.context / NAME).read_bytes()
    except OSError:
        content, left_out = b"", True
    also = f"\n{NAME}" if left_out else ""
    return content + f"\n{name}{also}\n".encode()


def _entry(entry: Found, known: dict[tuple[int, int], str]) -> Iterator[bytes]:
    """A header, and what is in the file; what has gone away meanwhile is left away."""
    try:
        if stat.S_ISREG(entry.status.st_mode):
            yield from _file(entry, known)
        else:
            yield _header_of(entry)
    except FileNotFoundError:
        return
    except OSError as error:
        fault = ContextFault.UNREADABLE_FILE
        raise ContextProblem(entry.path, fault, error.strerror or "") from error


def _file(entry: Found, known: dict[tuple[int, int], str]) -> Iterator[bytes]:
    """As many bytes as it has when it is opened; a further name of it is a link to the first."""
    inode = entry.status.st_dev, entry.status.st_ino
    if inode in known:
        yield _header_of(entry, known[inode])
        return
    with Path(entry.place).open("rb") as file:
        status = os.fstat(file.fileno())
        yield _header_of(Found(entry.path, entry.place, status))
        yield from _content(entry.path, file, status.st_size)
    if entry.status.st_nlink > 1:
        known[inode] = entry.path


def _content(path: str, file: BufferedReader, size: int) -> Iterator[bytes]:
    left = size
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise ContextProblem(path, ContextFault.CHANGED)
        left -= len(chunk)
        yield chunk
    yield _padding(size)


def _header_of(entry: Found, hard_link: str = "") -> bytes:
    mode = entry.status.st_mode
    # A Path would tidy the link up.
    link = hard_link or (os.readlink(entry.place) if stat.S_ISLNK(mode) else "")  # noqa: PTH115
    info = _info(entry.path, mode, entry.status.st_size if stat.S_ISREG(mode) else 0)
    info.mtime, info.linkname = int(entry.status.st_mtime), link
    if hard_link:
        info.type, info.size = tarfile.LNKTYPE, 0
    if info.isdev():
        info.devmajor = os.major(entry.status.st_rdev)
        info.devminor = os.minor(entry.status.st_rdev)
    return _packed(info)


def _header(path: str, mode: int, size: int) -> bytes:
    return _packed(_info(path, mode, size))


def _info(path: str, mode: int, size: int) -> tarfile.TarInfo:
    """Owned by root, whoever owns it here, as the command line has it."""
    info = tarfile.TarInfo(path)
    info.mode, info.size = stat.S_IMODE(mode), size
    info.type = TYPES[stat.S_IFMT(mode)]
    return info


def _packed(info: tarfile.TarInfo) -> bytes:
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)
