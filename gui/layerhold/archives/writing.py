"""A file that appears under its name only when it is complete and has been found sound."""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from layerhold.archives.codecs import compressing
from layerhold.archives.compression import Compression
from layerhold.archives.leftovers import hold, part_name
from layerhold.domain.archive_errors import FolderGone, NoRoom
from layerhold.domain.cancel import Token
from layerhold.domain.errors import FileNotWritten

_FULL = (errno.ENOSPC, errno.EDQUOT)


class PartFile:
    """A file on its way to its name, beside it on the same disk."""

    def __init__(self, target: Path) -> None:
        self.target = Path(os.path.realpath(target))
        self.path = self.target.parent / part_name()
        """Where it is until it is kept; readable at any time after `write`."""
        self.is_kept = False
        self.size = 0
        """Bytes that were written."""
        self._hash = hashlib.sha256()
        self._open = ExitStack()

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written, in hexadecimal as `sha256sum` prints it."""
        return self._hash.hexdigest()

    @property
    def lost(self) -> FileNotWritten:
        """Why it cannot be found where it was written."""
        folder = self.target.parent
        if not folder.is_dir():
            return FolderGone(str(folder))
        return FileNotWritten(str(self.target), os.strerror(errno.ENOENT))

    def write(self, chunks: Iterable[bytes], compression: Compression, token: Token) -> None:
        """Write everything; raises `FileNotWritten` and `NoRoom`.

        What the chunks themselves raise comes through as it is.
        """
        with self._told():
            file = self._open.enter_context(self.path.open("xb", buffering=0))
        hold(file.fileno())
        for chunk in compressing(chunks, compression):
            token.check()
            with self._told():
                _write_all(file.fileno(), chunk)
            self._hash.update(chunk)
            self.size += len(chunk)

    def keep(self) -> None:
        """See it onto the disk, and give it its name in place of what had it before."""
        with self._told():
            _sync(self.path)
            self.path.replace(self.target)
            self.is_kept = True
        with suppress(OSError):  # not every file system can do this for a folder
            _sync(self.target.parent)

    def close(self) -> None:
        """Let go of the file; unless it was kept, it is gone then."""
        if not self.is_kept:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self._open.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise self.lost from error
        except OSError as error:
            kind = NoRoom if error.errno in _FULL else FileNotWritten
            raise kind(str(self.target), error.strerror or str(error)) from error


@contextmanager
def part_file(target: Path, needed: int | None = None) -> Iterator[PartFile]:
    """A file that is gone again at the end, however that comes, unless it was kept.

    `needed` are the bytes that it will have, where they are known: `NoRoom` before anything begins.
    """
    part = PartFile(target)
    _refuse_without_room(part.target, needed)
    try:
        yield part
    finally:
        part.close()


def _refuse_without_room(target: Path, needed: int | None) -> None:
    if needed is None:
        return
    with suppress(OSError):
        disk = os.statvfs(target.parent)
        free = disk.f_bavail * disk.f_frsize
        if needed > free:
            raise NoRoom(str(target), needed=needed, free=free)


def _write_all(number: int, chunk: bytes) -> None:
    left = memoryview(chunk)
    while left:
        left = left[os.write(number, left) :]


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
