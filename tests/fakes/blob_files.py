"""Blobs in plain files, as simply as a store can have them."""

import hashlib
import json
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from layerhold.domain.descriptors import Descriptor
from layerhold.domain.progress import LayerState
from layerhold.registry.streams import BLOCK


class FileSink:
    """A file that grows; what it has stays there for the next one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cleared = 0
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        self._size = os.fstat(self._file).st_size

    def __enter__(self) -> "FileSink":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    @property
    def size(self) -> int:
        return self._size

    def blocks(self) -> Iterator[bytes]:
        return _blocks(self.path, 0)

    def write(self, block: bytes) -> None:
        self._size += os.write(self._file, block)

    def clear(self) -> None:
        os.ftruncate(self._file, 0)
        self._size = 0
        self.cleared += 1


class FileSource:
    """A whole file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked: list[int] = []

    def blocks(self, start: int) -> Iterator[bytes]:
        self.asked.append(start)
        return _blocks(self.path, start)


def describe(content: bytes, kind: str = "application/octet-stream") -> Descriptor:
    return Descriptor(kind, f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))


def wire(part: Descriptor, **more: object) -> dict[str, object]:
    """As in a manifest."""
    return {"mediaType": part.media_type, "digest": part.digest, "size": part.size} | more


def manifest(kind: str, config: Descriptor, layers: list[Descriptor]) -> bytes:
    """An image's."""
    parts = [wire(each, urls=list(each.urls)) if each.urls else wire(each) for each in layers]
    content = {"schemaVersion": 2, "mediaType": kind, "config": wire(config), "layers": parts}
    return json.dumps(content).encode()


class News:
    """What was told of a blob."""

    def __init__(self) -> None:
        self.told: list[tuple[LayerState, int]] = []

    def __call__(self, state: LayerState, done: int) -> None:
        self.told.append((state, done))

    @property
    def states(self) -> list[LayerState]:
        """Each once in a row."""
        return [state for state, _ in groupby(state for state, _ in self.told)]


def _blocks(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while block := file.read(BLOCK):
            yield block
