"""A store in a folder of the test's own."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from engine.store.stores import opened
from layerhold.engine.store.engine import StoreEngine
from live.images import Sketch, write_archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store is, once something is in it."""
    return tmp_path / "images"


@pytest.fixture
def store(folder: Path) -> StoreEngine:
    return opened(folder)


@pytest.fixture
def load(store: StoreEngine, tmp_path: Path) -> Callable[[Iterable[Sketch]], None]:
    """Put images in, out of a docker archive."""

    def put(sketches: Iterable[Sketch]) -> None:
        archive = write_archive(tmp_path / "images.tar", sketches)
        store.load([archive.read_bytes()], lambda _progress: None)

    return put
