"""What became of a change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Removed:
    """What the engine says it untagged (references) and deleted (image IDs)."""

    untagged: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(self.untagged + other.untagged, self.deleted + other.deleted)


@dataclass(frozen=True, slots=True)
class LoadedImage:
    """An image that came in from an archive."""

    id: str
    reference: str = ""
    """Empty where it came without a name."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Every name and every unnamed image that the engine took from an archive."""

    images: tuple[LoadedImage, ...] = ()
    remarks: tuple[str, ...] = ()
    """What else the engine said, such as that a name was taken from another image."""

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(image.reference for image in self.images if image.reference)

    @property
    def ids(self) -> tuple[str, ...]:
        """Each image once."""
        return tuple(dict.fromkeys(image.id for image in self.images))
