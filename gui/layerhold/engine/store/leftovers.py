"""Files that dead writers have left half-written; told by locks, which the living hold."""

import os
from contextlib import suppress
from pathlib import Path
from time import time

from layerhold.domain.digests import is_digest
from layerhold.engine.store.layout import READ, Layout, told
from layerhold.engine.store.locking import taken

RESUMABLE_SECONDS = 7 * 24 * 3600.0
"""How long what has come of a blob is kept for a pull to go on with."""


def sweep_leftovers(layout: Layout) -> None:
    """Delete what nobody writes any more, and no pull can go on with; called under the lock."""
    with told(layout.partial):
        for path in layout.partial.iterdir():
            _sweep(path)


def _sweep(path: Path) -> None:
    with suppress(FileNotFoundError), told(path):
        number = os.open(path, READ)
        try:
            is_resumable = is_digest(path.name.replace("-", ":", 1))
            is_fresh = time() - os.fstat(number).st_mtime < RESUMABLE_SECONDS
            if not (is_resumable and is_fresh) and taken(number):
                path.unlink()
        finally:
            os.close(number)
