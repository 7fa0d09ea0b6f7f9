"""Give the memory of large answers back to the system as soon as they are read."""

import sys
from typing import Any

M_MMAP_THRESHOLD = -3
"""See mallopt(3)."""
LARGE = 1 << 18


def return_large_blocks() -> None:
    """Fix the size from which glibc maps a block of its own, which goes back when it is freed.

    Otherwise glibc raises it with every large block that is freed, and keeps tens of megabytes
    after a list of 10,000 images has been read.
    """
    if sys.platform == "linux":
        # 5 ms to import, which the first picture need not wait for.
        import ctypes

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_MMAP_THRESHOLD, LARGE)
