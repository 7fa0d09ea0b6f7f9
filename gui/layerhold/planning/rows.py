"""Images as parallel lists, in which order and matches are found without any model."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from layerhold.domain.images import Image
from layerhold.planning.sharing import Figures
from layerhold.planning.words import Words


@dataclass(slots=True)
class Rows:
    """What is known of each image; entry n of every list is about the nth image."""

    images: list[Image]
    words: Words = field(default_factory=Words)
    """What words are looked for in."""
    used_by: list[str] = field(default_factory=list)
    """Names of the containers that use it, or an empty text."""
    platforms: list[str] = field(default_factory=list)
    """`os/architecture[/variant]`, or an empty text while it is not known."""
    figures: list[Figures | None] = field(default_factory=list)
    """Shared and unique bytes, or `None` while they are not known."""

    def __post_init__(self) -> None:
        missing = len(self.images)
        self.used_by = self.used_by or [""] * missing
        self.platforms = self.platforms or [""] * missing
        self.figures = self.figures or [None] * missing

    @classmethod
    def of(cls, images: Iterable[Image]) -> "Rows":
        """Rows of images about which nothing else is known."""
        listed = list(images)
        return cls(listed, Words.of(listed))
