"""Which entries match a filter, found with what the keys typed before have found."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress

from layerhold.models.image_entries import Entries
from layerhold.planning.filters import Filter
from layerhold.planning.matching import Condition

MOST = 64
"""Words and conditions that are remembered."""
AT_ONCE = 2000
"""Entries that are judged in one go, which takes up to 3 ms."""


@dataclass(slots=True)
class _Found:
    """What is known of a word or a condition."""

    select: Callable[[Iterable[int]], list[int]]
    """Those of the rows (numbers in the library's order) that match."""
    flags: bytearray = field(default_factory=bytearray)
    """One byte for each judged entry, 0 or 1."""


class Matches:
    """Judges entries along the order of the list, some at a time: what is in sight comes first.

    Remembers each word and condition: the next key makes one of them longer, or takes it back.
    Flags are compared as numbers, which is faster than one by one.
    """

    def __init__(self, entries: Entries, order: Sequence[int]) -> None:
        """`order`: numbers of entries in the library's order."""
        entries.read_all()
        self._rows, self._order = entries.rows, order
        self._found: dict[str | Condition, _Found] = {}

    def make_room(self) -> None:
        """Forget what was found once it is much."""
        if len(self._found) > MOST:
            self._found.clear()

    def judge(self, wanted: Filter) -> None:
        """Judge some more of the entries; raises `InvalidFilter`."""
        end = self.judged(wanted) + AT_ONCE
        for part in _parts(wanted):
            self._judge(part, end)

    def judged(self, wanted: Filter) -> int:
        """How many entries are judged, from the first of the order on; raises `InvalidFilter`."""
        parts = [self._known(part) for part in _parts(wanted)]
        return min([len(part.flags) for part in parts], default=len(self._order))

    def complete(self, wanted: Filter) -> bool:
        """Whether all entries are judged; raises `InvalidFilter`."""
        return self.judged(wanted) == len(self._order)

    def among(self, members: bytes, wanted: Filter) -> bytes:
        """Of the judged entries, the flags of those that are members and match."""
        judged = self.judged(wanted)
        both = int.from_bytes(members[:judged], "little")
        for part in _parts(wanted):
            both &= int.from_bytes(self._found[part].flags[:judged], "little")
        return both.to_bytes(judged, "little")

    def _known(self, part: str | Condition) -> _Found:
        found = self._found.get(part)
        if found is None:
            found = self._found[part] = _Found(self._selecting(part))
        return found

    def _selecting(self, part: str | Condition) -> Callable[[Iterable[int]], list[int]]:
        if isinstance(part, str):
            return partial(self._rows.words.having, part)
        matches = part.over(self._rows, time.time())
        return lambda among: [row for row in among if matches(row)]

    def _judge(self, part: str | Condition, end: int) -> None:
        found = self._known(part)
        begin, rows = len(found.flags), self._order[len(found.flags) : end]
        shorter = self._shorter(part, begin + len(rows))
        among = compress(rows, shorter.flags[begin:end]) if shorter else rows
        matching = set(found.select(among))
        found.flags += bytes(map(matching.__contains__, rows))

    def _shorter(self, part: str | Condition, end: int) -> _Found | None:
        """The longest word within this one for which entries are judged up to there."""
        if not isinstance(part, str):
            return None
        words = [
            word
            for word, found in self._found.items()
            if isinstance(word, str) and word in part and word != part and len(found.flags) >= end
        ]
        return self._found[max(words, key=len)] if words else None


def _parts(wanted: Filter) -> list[str | Condition]:
    return [*wanted.words, *wanted.conditions]
