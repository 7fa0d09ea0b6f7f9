"""Which bytes images have in common, and what comes free when some of them go.

An engine's own `SharedSize` cannot answer this: it counts steps of the classic builder as sharers,
and unique sizes do not add up for sets. Counting the images on every layer does.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from layerhold.domain.layers import Anatomy


class Certainty(Enum):
    """How sure we are of a number of bytes."""

    EXACT = "exact"
    AT_LEAST = "at least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Bytes:
    """A number of bytes, and how sure it is."""

    amount: int = 0
    certainty: Certainty = Certainty.EXACT


NO_BYTES = Bytes()


@dataclass(frozen=True, slots=True)
class Figures:
    """What an image weighs, in bytes: layers that others have too, and its own."""

    shared: int
    unique: int
    exact: bool = True


def figures(anatomies: Mapping[str, Anatomy]) -> dict[str, Figures]:
    """Shared and unique bytes of every image.

    Leave out intermediate images: they go with their descendants and would make every layer shared.
    """
    holders = images_on_layers(anatomies.values())
    found = {}
    for key, anatomy in distinct(anatomies.values()).items():
        stack = _layers(anatomy)
        unique = sum([size for layer, size in stack.items() if holders[layer] == 1])
        found[key] = Figures(sum(stack.values()) - unique, unique, anatomy.exact)
    return {image_id: found[id(anatomy)] for image_id, anatomy in anatomies.items()}


def images_on_layers(anatomies: Iterable[Anatomy]) -> dict[str, int]:
    """By chain ID, how many of these images have the layer."""
    listed = list(anatomies)
    images = Counter(map(id, listed))
    holders: dict[str, int] = {}
    for key, anatomy in distinct(listed).items():
        for layer in _layers(anatomy):
            holders[layer] = holders.get(layer, 0) + images[key]
    return holders


def distinct(anatomies: Iterable[Anatomy]) -> dict[int, Anatomy]:
    """Each object once; images that are made of the same share one, so that these are few."""
    return {id(anatomy): anatomy for anatomy in anatomies}


def total(anatomies: Mapping[str, Anatomy]) -> int:
    """Bytes that all images take together, every layer counted once."""
    sizes: dict[str, int] = {}
    for anatomy in distinct(anatomies.values()).values():
        sizes |= _layers(anatomy)
    return sum(sizes.values())


def freed_by_deleting(
    ids: Collection[str],
    anatomies: Mapping[str, Anatomy],
    held_by_containers: Iterable[str] = (),
) -> Bytes:
    """What comes free when these images are deleted and all others stay.

    `held_by_containers`: IDs of images whose layers containers keep, deleted or not.
    """
    going = {image_id: anatomies[image_id] for image_id in ids if image_id in anatomies}
    freed: dict[str, int] = {}
    for anatomy in going.values():
        freed |= _layers(anatomy)
    held = (anatomies[image_id] for image_id in held_by_containers if image_id in anatomies)
    staying = (anatomy for image_id, anatomy in anatomies.items() if image_id not in going)
    for anatomy in distinct(chain(held, staying)).values():
        for layer in anatomy.layers:
            freed.pop(layer.chain_id, None)
    return Bytes(
        sum(freed.values()), certainty(going.values(), complete=len(going) == len(set(ids)))
    )


def together(parts: Iterable[Bytes]) -> Bytes:
    """The sum, as sure as its least sure part."""
    amount, kinds = 0, set()
    for part in parts:
        amount += part.amount
        kinds.add(part.certainty)
    for unsure in (Certainty.ABOUT, Certainty.AT_LEAST):
        if unsure in kinds:
            return Bytes(amount, unsure)
    return Bytes(amount)


def certainty(going: Iterable[Anatomy], *, complete: bool = True) -> Certainty:
    """How sure a sum over the layers of these images is.

    Beside unpacked layers the containerd store keeps compressed content, of which the engine tells
    only the sum for an image; so more comes free there, as it does if an anatomy is missing.
    """
    more = not complete
    for anatomy in going:
        if not anatomy.exact:
            return Certainty.ABOUT
        more = more or anatomy.content > 0
    return Certainty.AT_LEAST if more else Certainty.EXACT


def _layers(anatomy: Anatomy) -> dict[str, int]:
    """Size by chain ID: a layer counts once, however often a stack names it."""
    return {layer.chain_id: layer.size for layer in anatomy.layers}
