"""Images as parallel lists, in which order and matches are found without any model."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from layerhold.domain.images import Image
from layerhold.domain.labels import lines_of
from layerhold.planning.sharing import Figures

LONGEST_LABEL = 256
"""Characters of a label that words search: labels can hold megabytes."""


@dataclass(slots=True)
class Rows:
    """What is known of each image; entry n of every list is about the nth image."""

    images: list[Image]
    haystacks: list[str]
    """Each the `haystack` of its image; worth keeping from one refresh to the next."""
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
        return cls(listed, [haystack(image) for image in listed])


def haystack(image: Image) -> str:
    """The text that words search, in lower case: tags, ID, digests and labels.

    It is lean, because every key typed reads all of them: each repository and digest once.
    """
    labels = [line[:LONGEST_LABEL] for line in lines_of(image.labels)]
    names = image.tags or image.digests
    digests = {digest.partition("@")[2] for digest in image.digests} - {image.id}
    return "\n".join((*names, image.id, *digests, *labels)).lower()
