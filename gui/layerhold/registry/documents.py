"""What manifests and indexes say, in the words of OCI and of Docker."""

from dataclasses import dataclass

import msgspec

from layerhold.domain.descriptors import Descriptor
from layerhold.domain.digests import is_digest
from layerhold.registry.wire import decode

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
UNKNOWN = "unknown"
"""The platform of entries that are no image, such as attestations."""
MOST_PARTS = 10_000
"""Descriptors of one document; the largest images have some hundred layers."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Either manifests, which an index has, or a configuration and layers."""

    media_type: str
    manifests: tuple[Descriptor, ...] | None = None
    config: Descriptor | None = None
    layers: tuple[Descriptor, ...] = ()

    @property
    def blobs(self) -> tuple[Descriptor, ...]:
        """What an image needs besides the manifest itself, each once."""
        parts = ((self.config,) if self.config else ()) + self.layers
        return tuple({part.digest: part for part in parts}.values())


class Platform(msgspec.Struct):
    """As in an index, and in an image's configuration."""

    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""

    def __str__(self) -> str:
        """`linux/arm/v7`; empty where it is no image's."""
        if not self.os or UNKNOWN in {self.os, self.architecture}:
            return ""
        return "/".join(filter(None, (self.os, self.architecture, self.variant)))


class _Descriptor(msgspec.Struct, rename="camel"):
    media_type: str = ""
    digest: str = ""
    size: int = -1
    platform: Platform | None = None
    urls: list[str] | None = None
    annotations: dict[str, str] | None = None


class _Document(msgspec.Struct, rename="camel"):
    media_type: str = ""
    manifests: list[_Descriptor] | None = None
    config: _Descriptor | None = None
    layers: list[_Descriptor] | None = None


def contents(content: bytes) -> Contents:
    """What a manifest or an index says; raises `ValueError` where it is neither."""
    wire = decode(content, _Document)
    listed = None if wire.manifests is None else _descriptors(wire.manifests)
    config = next(iter(_descriptors([wire.config] if wire.config else [])), None)
    return Contents(wire.media_type, listed, config, _descriptors(wire.layers or []))


def platform(config: bytes) -> str:
    """For which machine an image with this configuration is; raises `ValueError`."""
    return str(decode(config, Platform))


def _descriptors(wire: list[_Descriptor]) -> tuple[Descriptor, ...]:
    if len(wire) > MOST_PARTS:
        raise ValueError(f"more than {MOST_PARTS} parts")
    return tuple(map(_descriptor, wire))


def _descriptor(wire: _Descriptor) -> Descriptor:
    # It becomes part of addresses and of names of files.
    if not is_digest(wire.digest):
        raise ValueError("a digest that is none")
    return Descriptor(
        wire.media_type,
        wire.digest,
        wire.size,
        str(wire.platform or ""),
        tuple(wire.urls or ()),
        wire.annotations or {},
    )
