"""Replace a file that others read and write too: whole, private, and never what we did not see."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PRIVATE_FOLDER = 0o700
ATTEMPTS = 10


def rewrite(path: Path, change: Callable[[bytes | None], bytes | None]) -> None:
    """Write what `change` makes of the content (`None` where there is no file); raises `OSError`.

    Nothing is written where it makes `None` of it. Where somebody else writes meanwhile, it is
    asked again. Through a link the file that it leads to is replaced. The file is its owner's only.
    """
    target = path.resolve()
    for _ in range(ATTEMPTS):
        before = read(target)
        after = change(before)
        if after is None or after == before or _replace(target, before, after):
            return
    raise OSError("another program keeps on writing it")


def read(path: Path) -> bytes | None:
    """The whole content, if there is a file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(target: Path, before: bytes | None, after: bytes) -> bool:
    """Whether it was replaced, because nobody else had done so."""
    target.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _keep_owner(file.fileno(), target)
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if read(target) != before:
            return False
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    _settle(target.parent)
    return True


def _keep_owner(handle: int, target: Path) -> None:
    """Root may change a file that belongs to somebody else, who still has to read it."""
    with suppress(FileNotFoundError, PermissionError):
        there = target.stat()
        os.fchown(handle, there.st_uid, there.st_gid)


def _settle(folder: Path) -> None:
    """Let the new name outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
