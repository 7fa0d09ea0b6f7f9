"""The manifest of an image that came without one."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from layerhold.archives.compression import Compression
from layerhold.archives.contents import Part
from layerhold.archives.oci_form import CONFIG_TYPES
from layerhold.registry.documents import OCI_MANIFEST

LAYER = "application/vnd.oci.image.layer.v1.tar"
LAYER_TYPES = {
    Compression.NONE: LAYER,
    Compression.GZIP: f"{LAYER}+gzip",
    Compression.ZSTD: f"{LAYER}+zstd",
}
"""What else a layer may be packed with has no name, and is unpacked."""


def manifest(config: tuple[str, int], layers: Iterable[tuple[str, str, int]]) -> bytes:
    """Of a configuration (digest, bytes) and layers (media type, digest, bytes), lowest first."""
    document = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": _descriptor(CONFIG_TYPES[0], *config),
        "layers": [_descriptor(*layer) for layer in layers],
    }
    return msgspec.json.encode(document)


def layer_type(part: Part) -> str:
    return LAYER_TYPES.get(part.compression, LAYER)


def unpacked_by(part: Part) -> Compression:
    """What has to be undone for a layer to be one that an OCI layout can name."""
    return Compression.NONE if part.compression in LAYER_TYPES else part.compression


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _descriptor(media_type: str, name: str, size: int) -> dict[str, Any]:
    return {"mediaType": media_type, "digest": name, "size": size}
