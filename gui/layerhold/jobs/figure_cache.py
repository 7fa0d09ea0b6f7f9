"""What was read about images, kept on disk for the next start: an anatomy never changes."""

import logging
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.engine.api import Engine

log = logging.getLogger(__name__)

FORMAT = 2

_SMALL, _LARGE = "I", "Q"
"""Of `array`: numbers of rows, and numbers of bytes."""
ALGORITHM, BYTES = "sha256:", 32
PLAIN = re.compile(rf"{ALGORITHM}[0-9a-f]{{64}}")
"""Every digest that engines use today; half as long when it is packed."""


class Kept(msgspec.Struct, array_like=True, frozen=True):
    """The file: columns, because as many objects as rows would leave memory in pieces.

    Numbers stand as in `array`; layers and platforms are written once, however many images have
    them.
    """

    format: int
    platforms: list[str]
    layer_ids: bytes
    layer_sizes: bytes
    image_ids: bytes
    image_platforms: bytes
    contents: bytes
    heights: bytes
    """How many layers each image has."""
    stacks: bytes
    """The layers of all images, lowest first."""


def place(folder: Path, engine: Engine) -> Path:
    """The file of an engine; its name tells nothing about where that is."""
    name = engine.about.engine_id or engine.endpoint.url
    return folder / f"figures-{sha256(name.encode()).hexdigest()[:16]}.msgpack"


def load(path: Path, present: Iterable[str] = ()) -> dict[str, Anatomy]:
    """What was kept; nothing where there is no file, or one that we cannot read.

    IDs that are among the present ones are the very texts of those.
    """
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=Kept)
        return _anatomies(kept, {image_id: image_id for image_id in present})
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
    kinds, contents, heights, stacks = array(_SMALL), array(_LARGE), array(_SMALL), array(_SMALL)
    for anatomy in anatomies.values():
        kinds.append(platforms.setdefault(anatomy.platform, len(platforms)))
        contents.append(anatomy.content)
        heights.append(len(anatomy.layers))
        stacks.extend([layers.setdefault(layer, len(layers)) for layer in anatomy.layers])
    return Kept(
        FORMAT,
        list(platforms),
        _packed(layer.chain_id for layer in layers),
        array(_LARGE, [layer.size for layer in layers]).tobytes(),
        _packed(anatomies),
        *(column.tobytes() for column in (kinds, contents, heights, stacks)),
    )


def _anatomies(kept: Kept, present: Mapping[str, str]) -> dict[str, Anatomy]:
    """Images that share a layer share its object, and those with all the same share everything."""
    if kept.format != FORMAT:
        raise ValueError(f"format {kept.format}")
    sizes = array(_LARGE, kept.layer_sizes)
    pairs = zip(_unpacked(kept.layer_ids), sizes, strict=True)
    layers = [LayerSize(chain_id, size) for chain_id, size in pairs]
    stacks, heights = array(_SMALL, kept.stacks), array(_SMALL, kept.heights)
    if sum(heights) != len(stacks):
        raise ValueError("the layers are not those of the images")
    ends = accumulate(heights)
    columns = (array(_SMALL, kept.image_platforms), array(_LARGE, kept.contents), heights, ends)
    found: dict[str, Anatomy] = {}
    same: dict[tuple[int, int, bytes], Anatomy] = {}
    for image_id, *row in zip(_unpacked(kept.image_ids), *columns, strict=True):
        platform, content, height, end = row
        stack = stacks[end - height : end]
        key = (platform, content, stack.tobytes())
        if key not in same:
            tower = tuple([layers[number] for number in stack])
            same[key] = Anatomy(kept.platforms[platform], tower, content=content)
        found[present.get(image_id, image_id)] = same[key]
    return found


def _can_be_kept(image_id: str, anatomy: Anatomy) -> bool:
    digests = (image_id, *(layer.chain_id for layer in anatomy.layers))
    return anatomy.exact and all(map(PLAIN.fullmatch, digests))


def _packed(digests: Iterable[str]) -> bytes:
    return b"".join([bytes.fromhex(digest[len(ALGORITHM) :]) for digest in digests])


def _unpacked(packed: bytes) -> Iterator[str]:
    for place in range(0, len(packed), BYTES):
        yield ALGORITHM + packed[place : place + BYTES].hex()
