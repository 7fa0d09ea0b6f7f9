"""Images as parallel lists, in which order and matches are found without any model."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from layerhold.domain.images import Image
from layerhold.domain.labels import text_of
from layerhold.planning.sharing import Figures

_OF_DIGESTS = frozenset("sha256:0123456789abcdef")
"""Other letters need not be looked for in IDs and digests, which are the longest of all texts."""


@dataclass(slots=True)
class Rows:
    """What is known of each image; entry n of every list is about the nth image."""

    images: list[Image]
    names: list[str]
    """Each the `names_of` its image; worth keeping from one refresh to the next."""
    labels: list[bytes]
    """Each the `text_of` the labels of its image."""
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
        labels = [text_of(image.labels) for image in listed]
        return cls(listed, [names_of(image) for image in listed], labels)

    def having(self, word: str, among: Iterable[int]) -> list[int]:
        """Which of the rows have a word (in small letters) in name, ID, digest or labels."""
        names, labels, images = self.names, self.labels, self.images
        letters = word.encode(errors="surrogatepass")
        rows = list(among)
        if not _OF_DIGESTS.issuperset(word):
            return [row for row in rows if word in names[row] or letters in labels[row]]
        return [
            row
            for row in rows
            if word in names[row] or letters in labels[row] or _is_in_digest(word, images[row])
        ]


def names_of(image: Image) -> str:
    """The names that words search, in small letters; most often no text of its own."""
    names = image.tags or image.digests
    text = names[0] if len(names) == 1 else "\n".join(names)
    small = text.lower()
    return text if text == small else small


def _is_in_digest(word: str, image: Image) -> bool:
    return word in image.id or any([word in digest.partition("@")[2] for digest in image.digests])
