"""Manifests, indexes and configurations of a store, read into what we need of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated

import msgspec

from layerhold.archives.documents import ATTESTATION, BadDocument, decoded, platform
from layerhold.archives.limits import MOST_LAYERS_OF_ONE
from layerhold.archives.oci_form import CONFIG_TYPES
from layerhold.archives.oci_writing import INDEX_TYPE
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.digests import is_digest
from layerhold.domain.images import NO_LABELS
from layerhold.domain.labels import Labels
from layerhold.domain.moments import seconds

NOTHING = (b"", b"null", b"{}")
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_REMEMBERED = 1 << 14
_LONGEST_DIGEST = 200
_LARGEST = 1 << 60
"""Bytes that anything can have."""
_MOST_CHILDREN = 1000
"""Platforms and attestations of one index."""


class _Platform(msgspec.Struct, gc=False):
    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""


class _Part(msgspec.Struct, gc=False, rename="camel"):
    media_type: str = ""
    digest: str = ""
    size: Annotated[int, msgspec.Meta(le=_LARGEST)] = -1
    platform: _Platform | None = None
    annotations: dict[str, str] | None = None
    urls: list[str] | None = None


class _Document(msgspec.Struct, gc=False, rename="camel"):
    media_type: str = ""
    artifact_type: str = ""
    manifests: list[_Part] | None = None
    config: _Part | None = None
    layers: list[_Part] | None = None


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
    """A manifest or an index; one of the two kinds of parts is empty."""

    digest: str
    size: int
    """Bytes of the document itself."""
    media_type: str
    config: Descriptor | None = None
    layers: tuple[Descriptor, ...] = ()
    """Lowest first."""
    manifests: tuple[Descriptor, ...] = ()
    """Of an index."""
    is_index: bool = False
    kind: str = ""
    """What is described, such as an image's configuration or a chart's."""

    @property
    def is_image(self) -> bool:
        return self.config is not None and self.config.media_type in CONFIG_TYPES


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
    try:
        told = decoded(content, _Document)
    except BadDocument as error:
        raise ImageDamaged(digest, f"{digest}: {str(error)[:300]}") from error
    parts = len(told.manifests or ()), len(told.layers or ())
    if parts[0] > _MOST_CHILDREN or parts[1] > MOST_LAYERS_OF_ONE:
        raise ImageDamaged(digest, f"{digest} has too many parts")
    config = _part(digest, told.config) if told.config else None
    return Manifest(
        digest,
        len(content),
        told.media_type[:100] or (OCI_MANIFEST if told.manifests is None else INDEX_TYPE),
        config,
        tuple(_parts(digest, told.layers)),
        tuple(_parts(digest, told.manifests)),
        told.manifests is not None,
        (told.artifact_type or (config.media_type if config else ""))[:100],
    )


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


def _parts(digest: str, parts: Iterable[_Part] | None) -> Iterator[Descriptor]:
    return (_part(digest, each) for each in parts or ())


def _part(digest: str, told: _Part) -> Descriptor:
    """Images share most of their layers, and then the objects too."""
    if told.platform or told.annotations or told.urls:
        return _described(digest, told)
    found = _plain(told.media_type[:100], told.digest[:_LONGEST_DIGEST], told.size)
    if found is None:
        raise _no_digest(digest, told.digest)
    return found


@lru_cache(_REMEMBERED)
def _plain(media_type: str, digest: str, size: int) -> Descriptor | None:
    return Descriptor(media_type, digest, size) if is_digest(digest) else None


def _described(digest: str, told: _Part) -> Descriptor:
    if not is_digest(told.digest):
        raise _no_digest(digest, told.digest)
    where = told.platform
    named = told.annotations or {}
    return Descriptor(
        told.media_type[:100],
        told.digest,
        told.size,
        platform(where.os, where.architecture, where.variant) if where else "",
        tuple((told.urls or ())[:1]),
        {ATTESTATION: named[ATTESTATION]} if ATTESTATION in named else {},
    )


def _no_digest(digest: str, told: str) -> ImageDamaged:
    """Only a true digest may become a path."""
    return ImageDamaged(digest, f"{digest}: {told[:136]!r} is no digest")
