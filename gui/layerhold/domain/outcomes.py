"""What became of a change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Removed:
    """What the engine says it untagged (references) and deleted (image IDs)."""

    untagged: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(self.untagged + other.untagged, self.deleted + other.deleted)
