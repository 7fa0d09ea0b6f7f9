"""How engines differ in what they make of an archive."""

from functools import lru_cache

from layerhold.archives.choosing import Receiver
from layerhold.archives.compression import Compression
from layerhold.archives.contents import ArchivedImage
from layerhold.domain.references import DEFAULT_REGISTRY, LEGACY_REGISTRY, parse
from layerhold.engine.about import Caps
from layerhold.planning.load_survey import Surveyed
from layerhold.planning.names import MADE_HERE

REMEMBERED = 1 << 16
"""Names; every change of a plan asks for all of them again."""


def receiver(caps: Caps) -> Receiver:
    """What the engine can read."""
    layers = {Compression.NONE, Compression.GZIP}
    if caps.loads_zstd:
        layers.add(Compression.ZSTD)
    return Receiver(reads_oci=caps.loads_oci, layers=frozenset(layers))


def called(reference: str, caps: Caps) -> str:
    """What the engine calls an image that is loaded with this tag, as it prints it."""
    return _called(reference, caps.loads_as_localhost)


@lru_cache(REMEMBERED)
def _called(reference: str, loads_as_localhost: bool) -> str:
    parsed = parse(reference)
    if not loads_as_localhost:
        return parsed.familiar
    hubs = (f"{DEFAULT_REGISTRY}/", f"{LEGACY_REGISTRY}/")
    if parsed.registry != DEFAULT_REGISTRY or reference.startswith(hubs):
        return parsed.full
    colon = f":{parsed.tag}"
    return f"{MADE_HERE}{reference.removesuffix(colon)}{colon}"


def takes_indexes(archive: Surveyed, caps: Caps) -> bool:
    """Whether the platforms of one image can be loaded together, under the same tags."""
    return caps.loads_oci and all(image.manifest for image in archive.images if image.is_usable)


def index_of(image: ArchivedImage) -> str:
    """The digest of the index that lists it among its platforms, or nothing."""
    return image.manifest.index if image.manifest else ""


def is_foreign(platform: str, engine: str) -> bool:
    """Whether an image is for another kind of machine, as far as both are known."""
    if not platform or not engine:
        return False
    return platform.split("/")[:2] != engine.split("/")[:2]
