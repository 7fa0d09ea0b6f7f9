"""The folder of a store: an OCI image layout, and in it a place of our own."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from layerhold.domain.errors import DiskFull
from layerhold.domain.store_errors import StoreFailure, StoreFault

MARK = "oci-layout"
INDEX = "index.json"
OWN = ".layerhold"
OURS = frozenset((OWN, "blobs", MARK, INDEX))
"""What a store may have got before it was one: its making was interrupted, or goes on just now."""
MARK_CONTENT = b'{"imageLayoutVersion":"1.0.0"}'
EMPTY_INDEX = b'{"schemaVersion":2,"manifests":[]}'
LARGEST_MARK = 4096
READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_FAULTS = {
    errno.ENOTDIR: StoreFault.NOT_A_FOLDER,
    errno.EACCES: StoreFault.NO_PERMISSION,
    errno.EPERM: StoreFault.NO_PERMISSION,
    errno.EROFS: StoreFault.READ_ONLY,
    errno.ELOOP: StoreFault.HOSTILE,
    errno.EMLINK: StoreFault.HOSTILE,
}
_FULL = (errno.ENOSPC, errno.EDQUOT)


class _Mark(msgspec.Struct, rename="camel"):
    """What `oci-layout` says."""

    image_layout_version: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is; nothing of it need be there."""

    path: Path

    @property
    def index(self) -> Path:
        return self.path / INDEX

    @property
    def blobs(self) -> Path:
        return self.path / "blobs"

    @property
    def own(self) -> Path:
        return self.path / OWN

    @property
    def lock(self) -> Path:
        return self.own / "lock"

    @property
    def partial(self) -> Path:
        """Files on their way to their names."""
        return self.own / "partial"

    @property
    def leases(self) -> Path:
        return self.own / "leases"

    def blob(self, digest: str) -> Path:
        """Where a blob is, by a digest that has been checked to be one."""
        algorithm, _, digits = digest.partition(":")
        return self.blobs / algorithm / digits


def check(layout: Layout) -> None:
    """Raise `StoreFailure` unless the folder is a store, or could become one."""
    with told(layout.path), suppress(FileNotFoundError), os.scandir(layout.path) as entries:
        if os.path.lexists(layout.path / MARK):
            _check_version(layout)
        elif not os.path.lexists(layout.index) and any(each.name not in OURS for each in entries):
            raise StoreFailure(str(layout.path), fault=StoreFault.NOT_A_STORE)


def enter(layout: Layout) -> None:
    """Make the place of our own in a folder that has been looked at by `check`."""
    with told(layout.path):
        layout.path.mkdir(parents=True, exist_ok=True)
        _real_folder(layout.own)


def prepare(layout: Layout) -> None:
    """Make the folder a store, if it is none; the caller has its lock."""
    with told(layout.path):
        for folder in (layout.partial, layout.leases, layout.blobs, layout.blobs / "sha256"):
            _real_folder(folder)
        mark = layout.path / MARK
        for path, content in ((mark, MARK_CONTENT), (layout.index, EMPTY_INDEX)):
            if not path.exists():
                replace(layout, path, content)


def folder_of(layout: Layout, digest: str) -> Path:
    """The folder that a blob is put in, made where it is not there."""
    folder = layout.blob(digest).parent
    with told(folder):
        _real_folder(folder)
    return folder


def replace(layout: Layout, path: Path, content: bytes) -> None:
    """Put a file of the layout in place at once, seen onto the disk."""
    made = layout.partial / f"file-{secrets.token_hex(8)}"
    with told(path):
        try:
            with made.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Let new names outlive a power cut, where the file system can do so for a folder."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def small_file(path: Path, largest: int) -> bytes:
    """The content of a file of the layout, which is no link; raises `OSError` where it is none."""
    with told(path):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise StoreFailure(str(path), fault=StoreFault.HOSTILE)
        number = os.open(path, READ)
        with os.fdopen(number, "rb", buffering=0) as file:
            content = file.read(largest + 1) or b""
    if len(content) > largest:
        raise StoreFailure(str(path), fault=StoreFault.TOO_LARGE)
    return content


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system says about the path into our failures, but for what is not there."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        words = error.strerror or str(error)
        if error.errno in _FULL:
            raise DiskFull(str(path), words) from error
        fault = _FAULTS.get(error.errno or 0, StoreFault.UNREADABLE)
        raise StoreFailure(str(path), words, fault) from error


def _real_folder(path: Path) -> None:
    """One that is there, and is not a link that leads elsewhere."""
    path.mkdir(exist_ok=True)
    if not stat.S_ISDIR(path.lstat().st_mode):
        raise StoreFailure(str(path), fault=StoreFault.HOSTILE)


def _check_version(layout: Layout) -> None:
    path = layout.path / MARK
    try:
        content = small_file(path, LARGEST_MARK)
        version = msgspec.json.decode(content, type=_Mark).image_layout_version
    except (msgspec.MsgspecError, UnicodeError, RecursionError, FileNotFoundError) as error:
        raise StoreFailure(str(path), str(error), StoreFault.DAMAGED) from error
    if not version.startswith("1."):
        raise StoreFailure(str(path), version[:100], StoreFault.NEWER)
