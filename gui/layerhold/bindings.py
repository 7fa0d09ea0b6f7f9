"""Qt for Python, imported without the hook that it puts into every import."""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def plain_imports() -> Iterator[None]:
    """Import Qt in here: imports are Python's own again afterwards.

    The hook reads the source of every module that is imported later, for the sake of
    `from __feature__ import …`, which nothing here uses, and `linecache` keeps all that it read:
    14 MB, and a twentieth of the time to the first picture.
    """
    plain = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = plain
