"""What a store keeps by digest, read so that no link is followed and nothing but files is read."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from layerhold.archives.documents import has_digest
from layerhold.archives.limits import LARGEST_DOCUMENT
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.engine.store.layout import READ, Layout, told

BLOCK = 1 << 18
"""Bytes that are read at once."""
FOLDER = READ | os.O_DIRECTORY


class Blobs:
    """The blobs of a store, open for the time of one operation; its folders are opened once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._folders: dict[str, int | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number in self._folders.values():
            if number is not None:
                os.close(number)
        self._folders.clear()

    def size(self, digest: str) -> int | None:
        """Bytes of a blob; `None` where there is none, or something that is no file."""
        found = self._status(digest)
        return found.st_size if found and stat.S_ISREG(found.st_mode) else None

    def document(self, digest: str) -> bytes:
        """A manifest or a configuration, checked; raises `ImageDamaged`."""
        with told(self._layout.path):
            number, size = self._open(digest)
            try:
                content = os.read(number, size) if size <= LARGEST_DOCUMENT else b""
            finally:
                os.close(number)
        if len(content) != size or not has_digest(content, digest):
            raise ImageDamaged(digest, f"{digest} is not what its name says")
        return content

    @contextmanager
    def opened(self, digest: str) -> Iterator[int]:
        """The file of a blob; raises `ImageDamaged` where there is none."""
        with told(self._layout.path):
            number, _size = self._open(digest)
        try:
            yield number
        finally:
            os.close(number)

    def _open(self, digest: str) -> tuple[int, int]:
        """The file and its size; only what is a file is opened, which sets off nothing."""
        size = self.size(digest)
        if size is None:
            raise ImageDamaged(digest, f"{digest} is missing")
        try:
            return os.open(_digits(digest), READ, dir_fd=self._folder(digest)), size
        except FileNotFoundError as error:
            raise ImageDamaged(digest, f"{digest} is missing") from error

    def _status(self, digest: str) -> os.stat_result | None:
        folder = self._folder(digest)
        if folder is None:
            return None
        try:
            return os.stat(_digits(digest), dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError:
            with told(self._layout.path):
                raise

    def _folder(self, digest: str) -> int | None:
        """The folder of the digest's algorithm."""
        algorithm = digest.partition(":")[0]
        if algorithm not in self._folders:
            self._folders[algorithm] = self._open_folder(algorithm)
        return self._folders[algorithm]

    def _open_folder(self, algorithm: str) -> int | None:
        with told(self._layout.blobs / algorithm):
            try:
                above = os.open(self._layout.blobs, FOLDER)
            except FileNotFoundError:
                return None
            try:
                return os.open(algorithm, FOLDER, dir_fd=above)
            except FileNotFoundError:
                return None
            finally:
                os.close(above)


class BlobSource:
    """One blob for a registry (`registry.streams.Source`)."""

    def __init__(self, layout: Layout, digest: str) -> None:
        self._layout, self._digest = layout, digest

    def blocks(self, start: int) -> Iterator[bytes]:
        """From that byte on; raises `ImageDamaged` and `StoreFailure`."""
        with Blobs(self._layout) as blobs, blobs.opened(self._digest) as number:
            at = start
            while block := self._read(number, at):
                at += len(block)
                yield block

    def _read(self, number: int, at: int) -> bytes:
        with told(self._layout.path):
            return os.pread(number, BLOCK, at)


def _digits(digest: str) -> str:
    return digest.partition(":")[2]
