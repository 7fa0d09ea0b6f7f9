"""Files on this machine, opened so that nothing but a file is read and no link is followed out."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault

_FAULTS = {
    errno.ENOENT: ArchiveFault.NOT_FOUND,
    errno.ENOTDIR: ArchiveFault.NOT_FOUND,
    errno.EACCES: ArchiveFault.NO_PERMISSION,
    errno.EPERM: ArchiveFault.NO_PERMISSION,
    errno.ELOOP: ArchiveFault.NOT_A_FILE,
    errno.EMLINK: ArchiveFault.NOT_A_FILE,
    errno.ENXIO: ArchiveFault.NOT_A_FILE,
}
"""What the system says of paths, of links that must not be followed, and of sockets."""
_MODE = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
"""Opening a pipe must not wait for someone to write into it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file is still the same."""

    device: int
    inode: int
    size: int
    changed_ns: int


class File:
    """The bytes of an open file in order; passing over some of them costs nothing."""

    def __init__(self, path: str, number: int, size: int) -> None:
        self.path = path
        self.size = size
        self.position = 0
        self._number = number

    def read(self, limit: int) -> bytes:
        """At least one byte and at most `limit`; none at the end."""
        try:
            data = os.pread(self._number, limit, self.position)
        except OSError as error:
            raise _failure(self.path, error) from error
        self.position += len(data)
        return data

    def skip(self, count: int) -> None:
        """Pass over `count` bytes; raises `ArchiveFailure` where there are not as many."""
        if self.position + count > self.size:
            raise ArchiveFailure(self.path, ArchiveFault.TRUNCATED)
        self.position += count


@contextmanager
def opened(path: Path) -> Iterator[File]:
    """The file at a path that the user chose, links followed."""
    with told_as_failure(str(path)):
        _refuse_special(str(path), path.stat().st_mode)
        number = os.open(path, _MODE)
    try:
        yield _checked(str(path), number)
    finally:
        os.close(number)


@contextmanager
def opened_inside(folder: Path, name: str) -> Iterator[File]:
    """A file in a folder, by a name such as `blobs/sha256/…`; links are not followed."""
    path = f"{folder}/{name}"
    with told_as_failure(path):
        number = _walk(folder, name.split("/"))
    try:
        yield _checked(path, number)
    finally:
        os.close(number)


def stamp(path: Path) -> Stamp:
    """Of a file or a folder."""
    with told_as_failure(str(path)):
        found = path.stat()
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


@contextmanager
def told_as_failure(path: str) -> Iterator[None]:
    """Turn what the system says about the path into an `ArchiveFailure`."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise _failure(path, error) from error


def _failure(path: str, error: Exception) -> ArchiveFailure:
    fault = _FAULTS.get(getattr(error, "errno", 0), ArchiveFault.UNREADABLE)
    return ArchiveFailure(path, fault, str(getattr(error, "strerror", error)))


def _walk(folder: Path, names: list[str]) -> int:
    """Open each folder of the name by itself, so that none of them can be a link."""
    number = os.open(folder, _MODE | os.O_DIRECTORY)
    for step, each in enumerate(names, start=1):
        is_last = step == len(names)
        try:
            if is_last:
                # Merely to open a device can set it off.
                mode = os.stat(each, dir_fd=number, follow_symlinks=False).st_mode
                _refuse_special(each, mode)
            kind = os.O_NOFOLLOW if is_last else os.O_NOFOLLOW | os.O_DIRECTORY
            inner = os.open(each, _MODE | kind, dir_fd=number)
        finally:
            os.close(number)
        number = inner
    return number


def _checked(path: str, number: int) -> File:
    with told_as_failure(path):
        found = os.fstat(number)
    _refuse_special(path, found.st_mode)
    return File(path, number, found.st_size)


def _refuse_special(path: str, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ArchiveFailure(path, ArchiveFault.FOLDER)
    if not stat.S_ISREG(mode):
        raise ArchiveFailure(path, ArchiveFault.NOT_A_FILE)
