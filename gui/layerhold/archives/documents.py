"""The JSON of archives, read with limits into what we need of it."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from layerhold.archives.limits import MOST_VALUES
from layerhold.domain.moments import seconds

Document = TypeVar("Document")


class BadDocument(Exception):
    """JSON that is none, or that says something else than it should."""


class Wire(msgspec.Struct, gc=False, rename="camel"):
    """A part of a document; what is not told has its default."""


class Descriptor(Wire):
    """What an OCI document says of another one."""

    media_type: str = ""
    digest: str = ""
    size: int = -1
    platform: "Platform | None" = None
    annotations: dict[str, str] | None = None
    urls: list[str] | None = None


class Platform(Wire):
    """For which machine an image is."""

    os: str = ""
    architecture: str = ""
    variant: str = ""

    def __str__(self) -> str:
        return platform(self.os, self.architecture, self.variant)


class OciDocument(Wire):
    """An index, which has manifests, or a manifest, which has a configuration and layers."""

    media_type: str = ""
    artifact_type: str = ""
    manifests: list[Descriptor] | None = None
    config: Descriptor | None = None
    layers: list[Descriptor] | None = None


class Entry(msgspec.Struct, gc=False, rename="pascal"):
    """One image in a `manifest.json`."""

    config: str = ""
    repo_tags: list[str] | None = None
    layers: list[str] | None = None
    parent: str | None = ""
    layer_sources: dict[str, Descriptor] | None = None


class _RootFS(msgspec.Struct, gc=False):
    diff_ids: list[str] | None = None


class _WireConfig(msgspec.Struct, gc=False):
    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""
    created: str | None = ""
    rootfs: _RootFS | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What an image's configuration says of it."""

    id: str
    platform: str
    created: int
    diff_ids: tuple[str, ...]


def config(content: bytes) -> Config:
    """Raises `BadDocument`."""
    wire = decoded(content, _WireConfig)
    diff_ids = (wire.rootfs.diff_ids if wire.rootfs else None) or ()
    return Config(
        digest(content),
        platform(wire.os or "", wire.architecture or "", wire.variant or ""),
        seconds(wire.created),
        tuple(diff_ids),
    )


def decoded(content: bytes, kind: type[Document]) -> Document:
    """Raises `BadDocument`, also where the JSON is a bomb."""
    if content.count(b",") > MOST_VALUES:
        raise BadDocument("too many values")
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadDocument(str(error)) from error


def digest(content: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


def has_digest(content: bytes, told: str) -> bool:
    """Whether the content has the digest, which must be one (`is_digest`)."""
    return digest(content, told.partition(":")[0]) == told


def platform(system: str, architecture: str, variant: str = "") -> str:
    """`linux/arm/v7`."""
    return "/".join(piece for piece in (system, architecture, variant) if piece)
