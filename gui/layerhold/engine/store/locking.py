"""Who may change a store now, among all processes: whoever holds the lock of a file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from layerhold.domain.cancel import Token
from layerhold.domain.store_errors import StoreFailure, StoreFault
from layerhold.engine.store.layout import told

PATIENCE_SECONDS = 30.0
"""A change takes milliseconds, a sweep of a large store a second."""
PAUSE_SECONDS = 0.01
"""Nothing can wait for such a lock and for a cancel at the same time."""
MODE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def locked(path: Path, token: Token | None = None) -> Iterator[None]:
    """Inside, nobody else has this lock; a process that dies lets go of it."""
    with told(path):
        number = os.open(path, MODE, 0o600)
    try:
        _wait(number, path, token)
        yield
    finally:
        os.close(number)


def taken(number: int) -> bool:
    """Take the lock of an open file, if nobody has it."""
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(number: int, path: Path, token: Token | None) -> None:
    until = monotonic() + PATIENCE_SECONDS
    while not taken(number):
        if token:
            token.check()
        if monotonic() > until:
            raise StoreFailure(str(path.parent.parent), fault=StoreFault.BUSY)
        sleep(PAUSE_SECONDS)
