"""Somebody who may not read everything, unlike root."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder of that user's own, and their rights while it is used."""
    place = Path(tempfile.mkdtemp(prefix="layerhold-"))
    root = os.geteuid() == 0
    if root:
        shutil.chown(place, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield place
    finally:
        if root:
            os.seteuid(0)
        for folder in (place, *place.rglob("*/")):
            folder.chmod(0o700)
        shutil.rmtree(place)
