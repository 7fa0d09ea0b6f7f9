"""Where blobs go to and come from, so that it may be a file, a store or an archive."""

from collections.abc import Callable, Iterator
from typing import Protocol

from layerhold.domain.progress import LayerState

BLOCK = 1 << 18
"""Bytes that are moved at once: enough that Python hardly counts, few enough to stay in a cache."""

Told = Callable[[LayerState, int], None]
"""Takes what becomes of one blob, and how many of its bytes are there or have been sent."""


class Sink(Protocol):
    """Takes one blob, and keeps what it has when the rest does not come; raises only `Failure`.

    It has its name to get only after `blobs.fetch` has returned.
    """

    @property
    def size(self) -> int:
        """Bytes that it has, from the first one on."""
        ...

    def blocks(self) -> Iterator[bytes]:
        """What it has, read again for its digest."""
        ...

    def write(self, block: bytes) -> None:
        """Take what follows."""
        ...

    def clear(self) -> None:
        """Forget everything: it was not the blob's beginning."""
        ...


class Source(Protocol):
    """Gives one blob, as often as it is asked to; raises only `Failure`."""

    def blocks(self, start: int) -> Iterator[bytes]:
        """The blob from that byte on, in blocks of about `BLOCK` bytes."""
        ...
