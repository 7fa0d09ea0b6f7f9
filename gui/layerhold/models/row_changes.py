"""How to get from one list of rows to another by taking out and putting in, never by a reset."""

from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby


def row_changes(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> Iterator[tuple[int, int, bool]]:
    """Ranges `(first, last, put_in)` in the order in which to apply them; keys are unique."""
    stay = _stay(before, after)
    out = [number for number, key in enumerate(before) if key not in stay]
    yield from ((first, last, False) for first, last in reversed(list(ranges(out))))
    put = [number for number, key in enumerate(after) if key not in stay]
    yield from ((first, last, True) for first, last in ranges(put))


def _stay(before: Sequence[Hashable], after: Sequence[Hashable]) -> set[Hashable]:
    """Keys that are in both and need not move, for they keep their order."""
    places = {key: number for number, key in enumerate(before)}
    stay, reached = set[Hashable](), -1
    for key in after:
        place = places.get(key, -1)
        if place > reached:
            stay.add(key)
            reached = place
    return stay


def ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]
