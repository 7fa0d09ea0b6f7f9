"""Give the memory of large answers back to the system as soon as they are read."""

import sys
from typing import Any

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""See mallopt(3)."""
LARGE = 1 << 18
HEAPS = 2
"""One for the window and one for all other threads, of which each would leave its own in pieces."""


def return_large_blocks() -> None:
    """Fix the size from which glibc maps a block of its own, which goes back when it is freed.

    Otherwise glibc raises it with every large block that is freed, and keeps tens of megabytes
    after a list of 10,000 images has been read. Small blocks come from few heaps from now on.
    """
    if mallopt := _of_glibc("mallopt"):
        mallopt(M_MMAP_THRESHOLD, LARGE)
        mallopt(M_ARENA_MAX, HEAPS)


def return_free_blocks() -> None:
    """Give back what small blocks have left free between others; takes a few milliseconds.

    glibc does so by itself only at the end of its heaps.
    """
    if malloc_trim := _of_glibc("malloc_trim"):
        malloc_trim(0)


def _of_glibc(name: str) -> Any:
    """A function that other libraries lack: musl, and those of other systems."""
    if sys.platform != "linux":
        return None
    # 5 ms to import, which the first picture need not wait for.
    import ctypes

    return getattr(ctypes.CDLL(None), name, None)
