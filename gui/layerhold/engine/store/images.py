"""Images of a store as every engine tells them, found by name or ID."""

import re
from collections.abc import Iterable

from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.errors import ImageNotFound, InvalidReference
from layerhold.domain.images import NO_LABELS, Image
from layerhold.domain.references import parse
from layerhold.engine.store.catalogue import Stored, Variant

_ID = re.compile(r"(?:sha256:)?([a-f0-9]{4,64})|sha512:[a-f0-9]{128}")


def listed(images: Iterable[Stored]) -> tuple[Image, ...]:
    """As in a list: newest first."""
    return tuple(sorted(map(image, images), key=lambda each: (-each.created, each.id)))


def image(stored: Stored) -> Image:
    """One image; its size is that of its layers as they are on disk, every platform's."""
    first = stored.variants[0].config if stored.variants else None
    return Image(
        stored.id,
        stored.names,
        digests(stored),
        first.created if first else 0,
        sum(max(0, layer.size) for layer in stored.layers),
        labels=first.labels if first else NO_LABELS,
    )


def digests(stored: Stored) -> tuple[str, ...]:
    """`repository@digest`, as registries know it."""
    known = (entry.origin.familiar for entry in stored.entries if entry.origin)
    return tuple(dict.fromkeys(known))


def find(images: Iterable[Stored], wanted: str) -> Stored:
    """By name first, then by ID or the beginning of one; raises `ImageNotFound`."""
    known = tuple(images)
    name = familiar(wanted)
    for each in known:
        if name in each.names or name in digests(each):
            return each
    matches = [each for each in known if _is_id(wanted, each)]
    if len(matches) != 1:
        raise ImageNotFound(wanted, f"No such image: {wanted}")
    return matches[0]


def familiar(wanted: str) -> str:
    """The name as Docker prints it, or the text itself where it can be no name."""
    try:
        return parse(wanted).familiar
    except InvalidReference:
        return wanted


def readable(stored: Stored) -> Variant:
    """The image for this machine; raises `ImageDamaged`."""
    if stored.fault or not stored.variants:
        raise ImageDamaged(next(iter(stored.names), stored.id), stored.fault)
    return stored.variants[0]


def _is_id(wanted: str, stored: Stored) -> bool:
    found = _ID.fullmatch(wanted)
    if not found:
        return False
    known = {stored.id, *(entry.digest for entry in stored.entries)}
    known |= {variant.manifest.digest for variant in stored.variants}
    return wanted in known or bool(
        found[1] and any(each.startswith(f"sha256:{found[1]}") for each in known)
    )
