"""Where archives lie that were made for another program, which takes its time to fetch them."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from layerhold.archives.leftovers import held, hold
from layerhold.jobs.context import Context

LOCK = "lock"


class DropFolder:
    """One for each time that the program runs; the next start removes what the last one left."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root or user_cache_path("layerhold") / "drops"
        self._own = self._root / secrets.token_hex(8)
        self._lock = -1

    def place(self) -> Path:
        """Where the next archive is to be, in a folder of its own; nothing is made yet."""
        return self._own / secrets.token_hex(4)

    def make(self, place: Path) -> None:
        """Make that folder, for this user only; raises `OSError`."""
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._lock < 0:
            self._own.chmod(0o700)
            self._lock = os.open(self._own / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            hold(self._lock)

    def sweep(self, _context: Context) -> None:
        """Remove what programs left that have ended."""
        with suppress(OSError):
            for folder in self._root.iterdir():
                if folder != self._own:
                    _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    with held(folder / LOCK) as is_left:
        if is_left:
            shutil.rmtree(folder, ignore_errors=True)
