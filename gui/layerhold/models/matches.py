"""Which entries match a filter, found with what the keys typed before have found."""

import time
from collections.abc import Iterable
from itertools import compress

from layerhold.models.image_entries import Entries
from layerhold.planning.filters import Filter
from layerhold.planning.matching import Condition

MOST = 64
"""Words and conditions that are remembered."""


class Matches:
    """Remembers each word and condition: the next key makes one of them longer, or takes it back.

    Found rows are kept as one byte for each, 0 or 1, since two such texts are compared as numbers
    faster than row by row.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._found: dict[str | Condition, bytes] = {}

    def forget(self) -> None:
        """Look again, because entries are others now."""
        self._found.clear()

    def among(self, flags: bytes | bytearray, wanted: Filter) -> bytes:
        """The flags of those entries that match as well; raises `InvalidFilter`."""
        if wanted != Filter():
            self._entries.read_all()
        both = int.from_bytes(flags, "little")
        parts: tuple[str | Condition, ...] = (*wanted.words, *wanted.conditions)
        for part in parts:
            both &= int.from_bytes(self._matching(part), "little")
        return both.to_bytes(len(flags), "little")

    def _matching(self, part: str | Condition) -> bytes:
        found = self._found.get(part)
        if found is None:
            if len(self._found) >= MOST:
                self.forget()
            found = self._having(part) if isinstance(part, str) else self._fulfilling(part)
            self._found[part] = found
        return found

    def _having(self, word: str) -> bytes:
        rows = self._entries.rows
        shorter = [known for known in self._found if isinstance(known, str) and known in word]
        every = range(len(rows.images))
        among = compress(every, self._found[max(shorter, key=len)]) if shorter else every
        return _flags(len(rows.images), rows.words.having(word, among))

    def _fulfilling(self, condition: Condition) -> bytes:
        rows = self._entries.rows
        found = Filter(conditions=(condition,)).select(rows, time.time())
        return _flags(len(rows.images), found)


def _flags(count: int, rows: Iterable[int]) -> bytes:
    flags = bytearray(count)
    for row in rows:
        flags[row] = 1
    return bytes(flags)
