"""What a program that was killed left behind: told from what one that lives is busy with."""

import fcntl
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PART = re.compile(r"\.layerhold-[0-9a-f]{16}\.part")
YOUNG_SECONDS = 60.0
"""Between the making of a file and its lock there is a moment; nothing that young is touched."""


def part_name() -> str:
    """What a file is called until it is complete."""
    return f".layerhold-{secrets.token_hex(8)}.part"


def hold(number: int) -> bool:
    """Lock an open file for as long as it is open; whether nobody else has, and it can be known.

    A lock goes with its process, however that ends, and is seen by other machines too where a disk
    is shared; process numbers are not.
    """
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """A file that is there already, opened and locked; whether that could be done."""
    number = -1
    try:
        with suppress(OSError):
            number = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        yield number >= 0 and hold(number)
    finally:
        if number >= 0:
            os.close(number)


def sweep(folder: Path) -> None:
    """Remove the parts in a folder whose writers are gone; nothing else, and never loudly."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                _remove_if_left(Path(entry.path))


def _remove_if_left(path: Path) -> None:
    with suppress(OSError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or time.time() - found.st_mtime < YOUNG_SECONDS:
            return
        with held(path) as is_left:
            if is_left:
                path.unlink()
