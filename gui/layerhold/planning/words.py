"""The texts of images that words are looked for in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from layerhold.domain.images import Image
from layerhold.domain.label_keys import Keys
from layerhold.domain.labels import searchable, text_from

_OF_DIGESTS = frozenset("sha256:0123456789abcdef")
"""Words with other letters need not be looked for in digests, which are long and many."""


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists, all in small letters; most of the texts belong to the images themselves."""

    names: Sequence[str] = ()
    ids: Sequence[str] = ()
    digests: Sequence[str] = ()
    keys: Sequence[Keys] = field(default=(), repr=False)
    """Of labels; most images have the same."""
    kinds: frozenset[Keys] = field(default=frozenset(), repr=False)
    """Each of those once."""
    values: Sequence[bytes] = field(default=(), repr=False)
    """Of labels."""

    @classmethod
    def of(cls, images: Sequence[Image], names: Sequence[str] | None = None) -> "Words":
        """Of these images; `names` are worth keeping from one refresh to the next."""
        labels = [searchable(image.labels) for image in images]
        return cls(
            [names_of(image) for image in images] if names is None else names,
            [image.id for image in images],
            [digests_of(image) for image in images],
            [keys for keys, _values in labels],
            frozenset([keys for keys, _values in labels]),
            [values for _keys, values in labels],
        )

    def having(self, word: str, among: Iterable[int]) -> list[int]:
        """Which of the rows have a word (in small letters) in name, ID, digest or labels."""
        letters = word.encode(errors="surrogatepass")
        names, keys = self.names, self.keys
        values: Sequence[bytes] | dict[int, bytes] = self.values
        if "=" in word:
            among = [*among]
            values = {row: text_from(keys[row], self.values[row]) for row in among}
        found = {each for each in self.kinds if letters in each.text}
        if not _OF_DIGESTS.issuperset(word):
            return [
                row
                for row in among
                if word in names[row] or keys[row] in found or letters in values[row]
            ]
        ids, digests = self.ids, self.digests
        return [
            row
            for row in among
            if word in names[row]
            or keys[row] in found
            or word in ids[row]
            or word in digests[row]
            or letters in values[row]
        ]


def names_of(image: Image) -> str:
    """Tags, or what the image is named by without any."""
    text = _one(image.tags or image.digests)
    small = text.lower()
    return text if text == small else small


def digests_of(image: Image) -> str:
    """In small letters as they are."""
    return _one(image.digests)


def _one(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(texts)
