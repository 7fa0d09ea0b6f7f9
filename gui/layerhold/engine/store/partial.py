"""Bytes on their way to be a blob: under a name of our own until they are known to be right."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layerhold.engine.store.blobs import BLOCK
from layerhold.engine.store.layout import Layout, folder_of, settle, told
from layerhold.engine.store.locking import MODE, taken

WRITTEN_BEHIND = 8 << 20
"""Bytes; what Linux is told that it may forget, it first begins to write."""
WRITES_BEHIND = hasattr(os, "posix_fadvise")


class Partial:
    """A file that grows; where a blob of a registry goes to (`registry.streams.Sink`)."""

    def __init__(self, layout: Layout, path: Path, number: int) -> None:
        self.path = path
        self.is_kept = False
        self._layout, self._number = layout, number
        self._size = os.fstat(number).st_size
        self._settling = self._size

    @property
    def size(self) -> int:
        """Bytes that it has; those of an earlier try too."""
        return self._size

    def blocks(self) -> Iterator[bytes]:
        """What it has, from the first byte on."""
        at = 0
        while block := self._read(at):
            at += len(block)
            yield block

    def write(self, block: bytes) -> None:
        """Take what follows; raises `DiskFull` and `StoreFailure`."""
        left = memoryview(block)
        with told(self._layout.path):
            while left:
                written = os.pwrite(self._number, left, self._size)
                self._size += written
                left = left[written:]
            self._begin_to_settle()

    def _begin_to_settle(self) -> None:
        """Have the disk write while more comes, so that there is little to wait for at the end."""
        if WRITES_BEHIND and self._size - self._settling >= WRITTEN_BEHIND:
            length = self._size - self._settling
            os.posix_fadvise(self._number, self._settling, length, os.POSIX_FADV_DONTNEED)
            self._settling = self._size

    def clear(self) -> None:
        """Begin anew."""
        with told(self._layout.path):
            os.ftruncate(self._number, 0)
        self._size = self._settling = 0

    def keep(self, digest: str) -> None:
        """See it onto the disk under the name of the digest, which the caller has checked."""
        folder = folder_of(self._layout, digest)
        with told(self._layout.path):
            os.fsync(self._number)
            self.path.replace(self._layout.blob(digest))
        self.is_kept = True
        settle(folder)

    def _read(self, at: int) -> bytes:
        with told(self._layout.path):
            return os.pread(self._number, BLOCK, at)


@contextmanager
def partial(layout: Layout, digest: str = "") -> Iterator[Partial]:
    """A new file, or what an earlier try left of that blob; nobody else writes to it meanwhile.

    What has come of a blob that has a digest stays where the rest does not come.
    """
    path, number = _opened(layout, digest)
    made = Partial(layout, path, number)
    try:
        yield made
    finally:
        if not made.is_kept and not (digest and made.size):
            path.unlink(missing_ok=True)
        os.close(number)


def _opened(layout: Layout, digest: str) -> tuple[Path, int]:
    """A file of which the lock is ours, and that has its name still."""
    name = digest.replace(":", "-")
    while True:
        path = layout.partial / (name or f"new-{secrets.token_hex(8)}")
        with told(path):
            number = os.open(path, MODE, 0o644)
        if not taken(number):
            # Another process fetches the same blob; whoever is first puts it in place.
            name = ""
        elif _is_still(path, number):
            return path, number
        os.close(number)


def _is_still(path: Path, number: int) -> bool:
    """Not where it has become a blob, or was swept, since it was opened."""
    try:
        return path.lstat().st_ino == os.fstat(number).st_ino
    except FileNotFoundError:
        return False
