"""Manifests, indexes and configurations of a store, read into what we need of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from layerhold.archives.documents import BadDocument, decoded, platform
from layerhold.archives.limits import MOST_LAYERS_OF_ONE
from layerhold.archives.oci_form import CONFIG_TYPES
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.digests import is_digest
from layerhold.domain.images import NO_LABELS
from layerhold.domain.labels import Labels
from layerhold.domain.moments import seconds
from layerhold.registry import documents
from layerhold.registry.documents import OCI_INDEX, OCI_MANIFEST, Contents

NOTHING = (b"", b"null", b"{}")
LARGEST_MANIFEST = 4 << 20
"""Bytes: what registries take."""
LARGEST_LAYER = 1 << 60
"""Bytes that anything can have."""


class _Inner(msgspec.Struct, gc=False):
    labels: msgspec.Raw = msgspec.field(name="Labels", default=msgspec.Raw(b""))


class _RootFS(msgspec.Struct, gc=False):
    diff_ids: list[str] | None = None


class _Config(msgspec.Struct, gc=False):
    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""
    created: str | None = ""
    config: _Inner | None = None
    rootfs: _RootFS | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest or an index, and what it says."""

    digest: str
    size: int
    """Bytes of the document itself."""
    contents: Contents

    @property
    def media_type(self) -> str:
        """OCI lets it be left out."""
        return self.contents.media_type or (OCI_INDEX if self.is_index else OCI_MANIFEST)

    @property
    def is_index(self) -> bool:
        return self.contents.manifests is not None

    @property
    def is_image(self) -> bool:
        config = self.contents.config
        return config is not None and config.media_type in CONFIG_TYPES


@dataclass(frozen=True, slots=True)
class Config:
    """What an image's configuration says of it."""

    platform: str
    created: int
    """Unix seconds."""
    diff_ids: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=lambda: NO_LABELS, compare=False)


def manifest(digest: str, content: bytes) -> Manifest:
    """Read a manifest or an index; raises `ImageDamaged`."""
    if len(content) > LARGEST_MANIFEST:
        raise ImageDamaged(digest, f"{digest} has {len(content)} bytes")
    try:
        told = documents.contents(content)
    except ValueError as error:
        raise ImageDamaged(digest, f"{digest}: {error}") from error
    if len(told.layers) > MOST_LAYERS_OF_ONE:
        raise ImageDamaged(digest, f"{digest} has {len(told.layers)} layers")
    if any(layer.size > LARGEST_LAYER for layer in told.layers):
        raise ImageDamaged(digest, f"{digest}: a layer of impossible size")
    return Manifest(digest, len(content), told)


def config(digest: str, content: bytes) -> Config:
    """Read an image's configuration; raises `ImageDamaged`."""
    try:
        told = decoded(content, _Config)
    except BadDocument as error:
        raise ImageDamaged(digest, f"{digest}: {str(error)[:300]}") from error
    diff_ids = (told.rootfs.diff_ids if told.rootfs else None) or ()
    if not all(map(is_digest, diff_ids)):
        raise ImageDamaged(digest, f"{digest}: a layer's digest is none")
    labels = bytes(told.config.labels) if told.config else b""
    return Config(
        platform(told.os, told.architecture, told.variant),
        seconds(told.created),
        tuple(diff_ids),
        NO_LABELS if labels in NOTHING else Labels(labels),
    )
