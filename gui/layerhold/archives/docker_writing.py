"""The members of a docker archive, made of whatever archive there is."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from layerhold.archives.choosing import Choice, Receiver
from layerhold.archives.contents import ArchivedImage, Contents, Part
from layerhold.archives.docker_form import MANIFEST
from layerhold.archives.parts import streams
from layerhold.archives.streams import blocks, plain
from layerhold.archives.tar_writing import Copied, Written
from layerhold.domain.cancel import Token


def members(
    contents: Contents,
    images: list[ArchivedImage],
    choice: Choice,
    receiver: Receiver,
    token: Token,
) -> tuple[list[Copied], list[Written]]:
    """Configurations and layers, each once, and the list of the images."""
    _refuse_shared_tags(images, choice)
    layers = {layer.diff_id: layer.part for image in images for layer in image.layers if layer.part}
    packed = {part for part in layers.values() if part.compression not in receiver.layers}
    sizes = _unpacked_sizes(contents, packed, token)
    names = dict(_names(images, layers))
    copied = [
        Copied(part, name, sizes.get(part, part.size), part in packed)
        for part, name in names.items()
    ]
    ids = {image.id for image in images}
    entries = [_entry(image, choice[image.key], names, layers, ids) for image in images]
    return copied, [Written(MANIFEST, msgspec.json.encode(entries))]


def _names(images: list[ArchivedImage], layers: dict[str, Part]) -> Iterator[tuple[Part, str]]:
    for image in images:
        if image.config:
            yield image.config, f"{_hexadecimal(image.id)}.json"
    for diff_id, part in layers.items():
        yield part, f"{_hexadecimal(diff_id)}/layer.tar"


def _entry(
    image: ArchivedImage,
    tags: Sequence[str],
    names: Mapping[Part, str],
    layers: Mapping[str, Part],
    ids: set[str],
) -> dict[str, object]:
    """Docker refuses a parent that it does not know."""
    entry: dict[str, object] = {
        "Config": names[image.config] if image.config else "",
        "RepoTags": list(tags) or None,
        "Layers": [names[layers[layer.diff_id]] for layer in image.layers],
    }
    return entry | {"Parent": image.parent} if image.parent in ids else entry


def _unpacked_sizes(contents: Contents, packed: set[Part], token: Token) -> dict[Part, int]:
    """A member's size stands before its bytes, so that they must be read once to be counted."""
    return {
        part: sum(map(len, blocks(plain(stream, part.compression, token), token)))
        for part, stream in streams(contents.place, packed, token)
    }


def _refuse_shared_tags(images: list[ArchivedImage], choice: Choice) -> None:
    tags = [tag for image in images for tag in choice[image.key]]
    if len(tags) != len(set(tags)):
        raise ValueError("a tag is chosen for two images, of which a docker archive takes one")


def _hexadecimal(digest: str) -> str:
    return digest.partition(":")[2]
