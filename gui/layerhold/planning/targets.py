"""What a user can point at to remove, tag or copy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WholeImage:
    """An image with all its tags."""

    image_id: str


@dataclass(frozen=True, slots=True)
class OneTag:
    """One tag of an image; the last one takes the image along."""

    image_id: str
    tag: str


Target = WholeImage | OneTag
