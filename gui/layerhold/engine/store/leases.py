"""Blobs that an operation relies on before the index names them, told to every other process.

An operation says so under the store's lock before it looks whether a blob is there, and a sweep
deletes under the same lock what nobody has said it relies on: so neither can miss the other.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from layerhold.domain.cancel import Token
from layerhold.domain.digests import is_digest
from layerhold.engine.store.index import alone
from layerhold.engine.store.layout import READ, Layout, told
from layerhold.engine.store.leftovers import sweep_leftovers
from layerhold.engine.store.locking import MODE, locked, taken


class Lease:
    """One operation's; it ends with the operation, or with its process."""

    def __init__(self, layout: Layout, number: int, token: Token | None) -> None:
        self._layout, self._number, self._token = layout, number, token

    def hold(self, digests: Iterable[str]) -> None:
        """From now on nobody deletes these."""
        lines = "".join(f"{digest}\n" for digest in digests).encode()
        with locked(self._layout.lock, self._token), told(self._layout.leases):
            os.write(self._number, lines)


@contextmanager
def leased(layout: Layout, token: Token | None = None) -> Iterator[Lease]:
    """A lease on nothing yet; what the dead have left makes room first."""
    path = layout.leases / secrets.token_hex(8)
    with alone(layout, token), told(path):
        sweep_leftovers(layout)
        number = os.open(path, MODE | os.O_EXCL, 0o600)
        taken(number)
    try:
        yield Lease(layout, number, token)
    finally:
        path.unlink(missing_ok=True)
        os.close(number)


def held(layout: Layout) -> set[str]:
    """Every digest that somebody relies on; called under the lock. Forgets the dead."""
    found: set[str] = set()
    for path in _files(layout.leases):
        with suppress(FileNotFoundError), told(path):
            number = os.open(path, READ)
            try:
                if taken(number):
                    path.unlink()
                else:
                    found.update(_digests(number))
            finally:
                os.close(number)
    return found


def _files(folder: Path) -> list[Path]:
    with told(folder):
        return sorted(folder.iterdir())


def _digests(number: int) -> Iterator[str]:
    content, at = b"", 0
    while block := os.pread(number, 1 << 16, at):
        content, at = content + block, at + len(block)
    return filter(is_digest, content.decode(errors="replace").splitlines())
