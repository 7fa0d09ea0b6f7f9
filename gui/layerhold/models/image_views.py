"""The views of the image list, and how many images each one holds."""

from dataclasses import dataclass
from enum import Enum
from itertools import compress, filterfalse
from operator import attrgetter

from layerhold.models.image_entry import Entry

_INTERMEDIATE, _TAGS = attrgetter("image.intermediate"), attrgetter("image.tags")
_USERS = attrgetter("users")


class View(Enum):
    """Which images the list is about, before any filter."""

    ALL = "all"
    IN_USE = "in use"
    UNUSED = "unused"
    DANGLING = "dangling"


@dataclass(frozen=True, slots=True)
class Counts:
    """Images in each view."""

    all: int = 0
    in_use: int = 0
    dangling: int = 0

    def of(self, view: View) -> int:
        match view:
            case View.ALL:
                return self.all
            case View.IN_USE:
                return self.in_use
            case View.UNUSED:
                return self.all - self.in_use
            case View.DANGLING:
                return self.dangling


def count(listed: list[Entry], *, intermediate: bool) -> Counts:
    """How many images each view holds, with or without intermediate ones."""
    entries = listed if intermediate else [*filterfalse(_INTERMEDIATE, listed)]
    in_use = sum(map(bool, map(_USERS, entries)))
    untagged = filterfalse(_TAGS, entries)
    return Counts(len(entries), in_use, sum([entry.image.dangling for entry in untagged]))


def members(listed: list[Entry], view: View, *, intermediate: bool) -> bytes:
    """One byte for each entry: 1 where the view holds it."""
    flags = _members(listed, view)
    if not intermediate:
        for number in compress(range(len(listed)), map(_INTERMEDIATE, listed)):
            flags[number] = 0
    return bytes(flags)


def _members(listed: list[Entry], view: View) -> bytearray:
    match view:
        case View.ALL:
            return bytearray(b"\1") * len(listed)
        case View.IN_USE:
            return bytearray([bool(entry.users) for entry in listed])
        case View.UNUSED:
            return bytearray([not entry.users for entry in listed])
        case View.DANGLING:
            return bytearray([entry.image.dangling for entry in listed])
