"""What was read about images, kept on disk for the next start: an anatomy never changes."""

import logging
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.engine.api import Engine

log = logging.getLogger(__name__)

FORMAT = 1

ALGORITHM = "sha256:"
PLAIN = re.compile(rf"{ALGORITHM}[0-9a-f]{{64}}")
"""Every digest that engines use today; half as long when it is packed."""


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """An image: its ID, the number of its platform, and those of its layers, lowest first."""

    id: bytes
    platform: int
    layers: tuple[int, ...]
    content: int


class Kept(msgspec.Struct, array_like=True, frozen=True):
    """The file; layers and platforms are written once, however many images have them."""

    format: int
    platforms: list[str]
    layer_ids: list[bytes]
    layer_sizes: list[int]
    images: list[Row]


def place(folder: Path, engine: Engine) -> Path:
    """The file of an engine; its name tells nothing about where that is."""
    name = engine.about.engine_id or engine.endpoint.url
    return folder / f"figures-{sha256(name.encode()).hexdigest()[:16]}.msgpack"


def load(path: Path) -> dict[str, Anatomy]:
    """What was kept; nothing where there is no file, or one that we cannot read."""
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=Kept)
        return _anatomies(kept)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError, IndexError, ValueError) as error:
        log.warning("The figures kept in %s cannot be used: %s", path, error)
        return {}


def save(path: Path, anatomies: Mapping[str, Anatomy], present: Iterable[str]) -> None:
    """Keep what is certain about the images that are there; a disk that refuses is no matter."""
    rows = {
        image_id: anatomy
        for image_id in present
        if (anatomy := anatomies.get(image_id)) and _can_be_kept(image_id, anatomy)
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, msgspec.msgpack.encode(_kept(rows)))
    except OSError as error:
        log.warning("The figures cannot be kept in %s: %s", path, error)


def _write(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".figures-", delete=False) as file:
        try:
            file.write(content)
            file.close()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _kept(anatomies: Mapping[str, Anatomy]) -> Kept:
    platforms: dict[str, int] = {}
    layers: dict[LayerSize, int] = {}
    rows = [
        Row(
            _packed(image_id),
            platforms.setdefault(anatomy.platform, len(platforms)),
            tuple([layers.setdefault(layer, len(layers)) for layer in anatomy.layers]),
            anatomy.content,
        )
        for image_id, anatomy in anatomies.items()
    ]
    ids, sizes = [_packed(layer.chain_id) for layer in layers], [layer.size for layer in layers]
    return Kept(FORMAT, list(platforms), ids, sizes, rows)


def _anatomies(kept: Kept) -> dict[str, Anatomy]:
    """Images that share a layer share its object."""
    if kept.format != FORMAT:
        raise ValueError(f"format {kept.format}")
    layers = [
        LayerSize(_unpacked(packed), size)
        for packed, size in zip(kept.layer_ids, kept.layer_sizes, strict=True)
    ]
    return {
        _unpacked(row.id): Anatomy(
            kept.platforms[row.platform],
            tuple([layers[number] for number in row.layers]),
            content=row.content,
        )
        for row in kept.images
    }


def _can_be_kept(image_id: str, anatomy: Anatomy) -> bool:
    digests = (image_id, *(layer.chain_id for layer in anatomy.layers))
    return anatomy.exact and all(map(PLAIN.fullmatch, digests))


def _packed(digest: str) -> bytes:
    return bytes.fromhex(digest[len(ALGORITHM) :])


def _unpacked(packed: bytes) -> str:
    return ALGORITHM + packed.hex()
