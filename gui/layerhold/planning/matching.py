"""The conditions that a filter is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Protocol

from layerhold.domain.errors import FilterFault, InvalidFilter, InvalidReference
from layerhold.domain.images import Image
from layerhold.domain.labels import labelled
from layerhold.domain.references import parse
from layerhold.planning.durations import Moment
from layerhold.planning.globs import compile_glob
from layerhold.planning.rows import Rows

Matcher = Callable[[int], bool]
"""Whether the row of that number fulfils the condition."""
COMPARISONS = {">": gt, "<": lt, ">=": ge, "<=": le}


class Condition(Protocol):
    """A term of a filter."""

    def over(self, rows: Rows, now: float) -> Matcher:
        """Get ready for these rows; raises `InvalidFilter` if it cannot be."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """`dangling=true`."""

    wanted: bool

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        return lambda row: rows.images[row].dangling is self.wanted


@dataclass(frozen=True, slots=True)
class Used:
    """`used=no`."""

    wanted: bool

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        return lambda row: bool(rows.used_by[row]) is self.wanted


@dataclass(frozen=True, slots=True)
class Label:
    """`label=key`, `label=key=value`, and `label!=…`."""

    label: str
    wanted: bool = True

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        images, has = rows.images, labelled(self.label)
        return lambda row: has(images[row].labels) is self.wanted


@dataclass(frozen=True, slots=True)
class Size:
    """`size>100MB`, in bytes as the engine lists them."""

    comparison: str
    size: int

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        compare = COMPARISONS[self.comparison]
        return lambda row: compare(rows.images[row].size, self.size)


@dataclass(frozen=True, slots=True)
class Age:
    """`age>30d`: created longer ago than that."""

    comparison: str
    moment: Moment

    def over(self, rows: Rows, now: float) -> Matcher:
        compare, then = COMPARISONS[self.comparison], -self.moment.at(now)
        return lambda row: compare(-rows.images[row].created, then)


@dataclass(frozen=True, slots=True)
class Platform:
    """`platform=arm64` or `platform=linux/arm64`: leading parts, the system may be left out."""

    parts: tuple[str, ...]

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        wanted, length = list(self.parts), len(self.parts)

        def matches(row: int) -> bool:
            parts = rows.platforms[row].lower().split("/")
            return wanted in (parts[:length], parts[1 : 1 + length])

        return matches


@dataclass(frozen=True, slots=True)
class Named:
    """`reference=glob`, over familiar names with and without tag, as Docker does."""

    pattern: str

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        images, matches = rows.images, compile_glob(self.pattern).fullmatch
        return lambda row: any(map(matches, images[row].tags or images[row].digests))


@dataclass(frozen=True, slots=True)
class Created:
    """`before=reference` or `since=reference`: older or newer than that image."""

    reference: str
    before: bool

    def over(self, rows: Rows, now: float) -> Matcher:
        del now
        found = find(rows.images, self.reference)
        if found is None:
            term = f"{'before' if self.before else 'since'}={self.reference}"
            raise InvalidFilter(term, FilterFault.NO_SUCH_IMAGE)
        compare = lt if self.before else gt
        return lambda row: compare(rows.images[row].created, found.created)


def find(images: Iterable[Image], text: str) -> Image | None:
    """The one image of that reference, ID, or beginning of an ID.

    Podman calls `localhost/leafy` what was built as `leafy`.
    """
    listed = list(images)
    for names in (_names(text), _names(f"localhost/{text}")):
        for image in listed:
            if image.id == text or not names.isdisjoint(image.tags + image.digests):
                return image
    digits = text.lower().removeprefix("sha256:")
    matches = [image for image in listed if image.id.removeprefix("sha256:").startswith(digits)]
    return matches[0] if digits and len(matches) == 1 else None


def _names(text: str) -> set[str]:
    try:
        reference = parse(text)
    except InvalidReference:
        return {text}
    return {text, reference.familiar, reference.full}
