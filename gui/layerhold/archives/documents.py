"""The JSON of archives, read with limits into what we need of it."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from layerhold.archives.limits import MOST_VALUES
from layerhold.domain.digests import is_digest
from layerhold.domain.moments import is_moment, seconds

INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
REF_NAME = "org.opencontainers.image.ref.name"
FULL_NAME = "io.containerd.image.name"
ATTESTATION = "vnd.docker.reference.type"
_LONGEST_NAME = 500
"""Characters of a reference with a digest."""
_LONGEST_TYPE, _LONGEST_DIGEST, _LONGEST_PIECE = 100, 136, 40
"""Characters of a media type, of `sha512:…` and one, and of an operating system's name."""

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
    annotations: "Annotations | None" = None
    urls: list[str] | None = None

    def __post_init__(self) -> None:
        """Cut what is longer than such things are."""
        self.media_type = self.media_type[:_LONGEST_TYPE]
        self.digest = self.digest[:_LONGEST_DIGEST]
        self.urls = [""] if self.urls else None


class Annotations(msgspec.Struct, gc=False):
    """Names and purposes of what is described."""

    ref_name: str | None = msgspec.field(name=REF_NAME, default=None)
    full_name: str | None = msgspec.field(name=FULL_NAME, default=None)
    attests: str | None = msgspec.field(name=ATTESTATION, default=None)

    def __post_init__(self) -> None:
        """Cut what no reference can be as long as."""
        self.ref_name = (self.ref_name or "")[:_LONGEST_NAME]
        self.full_name = (self.full_name or "")[:_LONGEST_NAME]


class Platform(Wire):
    """For which machine an image is."""

    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""

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
    created: str | None = None
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
    if not all(map(is_digest, diff_ids)):
        raise BadDocument("a layer's digest is none")
    if wire.created is not None and not is_moment(wire.created):
        raise BadDocument(f"created: {wire.created[:_LONGEST_PIECE]}")
    return Config(
        digest(content),
        platform(wire.os, wire.architecture, wire.variant),
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


def platform(*pieces: str | None) -> str:
    """`linux/arm/v7`."""
    return "/".join(piece[:_LONGEST_PIECE] for piece in pieces if piece)
