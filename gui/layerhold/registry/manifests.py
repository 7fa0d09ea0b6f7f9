"""What a registry has under a reference: manifests, each checked against its digest."""

import hashlib
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.digests import is_digest
from layerhold.domain.login import Login
from layerhold.domain.references import Reference
from layerhold.domain.registry_errors import Damaged, RegistryFailure
from layerhold.domain.transfers import RemoteImage
from layerhold.registry.refusals import Answer
from layerhold.registry.request import Request
from layerhold.registry.session import Session
from layerhold.registry.trust import STRICT, Trust
from layerhold.registry.wire import decode

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
ACCEPT = ", ".join((OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST))
"""Without it, a registry answers with a form that is long out of use."""
UNKNOWN = "unknown"
"""The platform of entries that are no image, such as attestations."""
DIGEST_HEADER = "Docker-Content-Digest"

Wire = TypeVar("Wire")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest or an index, byte for byte."""

    digest: str
    media_type: str
    content: bytes = field(repr=False)


class _Platform(msgspec.Struct):
    """As in an index, and in an image's configuration."""

    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""

    def __str__(self) -> str:
        """`linux/arm/v7`; empty where it is no image's."""
        if not self.os or UNKNOWN in {self.os, self.architecture}:
            return ""
        return "/".join(filter(None, (self.os, self.architecture, self.variant)))


class _Descriptor(msgspec.Struct):
    digest: str = ""
    platform: _Platform | None = None


class _Contents(msgspec.Struct, rename="camel"):
    """What we need of a manifest or an index."""

    media_type: str = ""
    config: _Descriptor | None = None
    manifests: list[_Descriptor] | None = None


def look(
    reference: Reference,
    login: Login | None = None,
    token: Token | None = None,
    trust: Trust = STRICT,
) -> RemoteImage:
    """What the registry has under the reference, and for which platforms."""
    with Session(reference.registry, login, token, trust) as session:
        manifest = read(session, reference)
        platforms = dict.fromkeys(platforms_of(session, reference, manifest))
    return RemoteImage(reference.familiar, manifest.digest, tuple(platforms))


def digest(session: Session, reference: Reference) -> str:
    """The digest that the reference stands for now; registries count this as no pull."""
    answer = _ask(session, reference, "HEAD")
    told = answer.header(DIGEST_HEADER)
    return told if is_digest(told) else read(session, reference).digest


def read(session: Session, reference: Reference) -> Manifest:
    """The manifest or index under the reference, checked."""
    answer = _ask(session, reference, "GET")
    expected = reference.digest or answer.header(DIGEST_HEADER)
    found = verified(answer.content, expected, reference)
    kind = answer.header("Content-Type").partition(";")[0].strip()
    return Manifest(found, kind or _contents(answer.content, reference).media_type, answer.content)


def verified(content: bytes, expected: str, reference: Reference) -> str:
    """The content's digest; raises `RegistryFailure` where another one was expected."""
    algorithm = expected.partition(":")[0] if is_digest(expected) else "sha256"
    found = f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"
    if is_digest(expected) and found != expected:
        told = f"{expected} was asked for, {found} came"
        raise Damaged(reference.familiar, reference.registry, told)
    return found


def platforms_of(session: Session, reference: Reference, manifest: Manifest) -> list[str]:
    """The platforms of an index, or the one of an image."""
    contents = _contents(manifest.content, reference)
    if contents.manifests is not None:
        told = [str(entry.platform) for entry in contents.manifests if entry.platform]
    elif contents.config and is_digest(contents.config.digest):
        told = [_platform_of_image(session, reference, contents.config.digest)]
    else:
        told = []
    return [platform for platform in told if platform]


def pulling(reference: Reference) -> str:
    """The scope of a token that allows to pull from the repository."""
    return f"repository:{reference.path}:pull"


def _platform_of_image(session: Session, reference: Reference, config: str) -> str:
    path = f"/v2/{reference.path}/blobs/{config}"
    answer = session.ask(Request(path, scope=pulling(reference), subject=reference.familiar))
    verified(answer.content, config, reference)
    return str(_decoded(answer.content, _Platform, reference))


def _ask(session: Session, reference: Reference, method: str) -> Answer:
    path = f"/v2/{reference.path}/manifests/{reference.digest or reference.tag}"
    accept = {"Accept": ACCEPT}
    return session.ask(
        Request(path, method, pulling(reference), reference.familiar, headers=accept)
    )


def _contents(content: bytes, reference: Reference) -> _Contents:
    return _decoded(content, _Contents, reference)


def _decoded(content: bytes, kind: type[Wire], reference: Reference) -> Wire:
    try:
        return decode(content, kind)
    except ValueError as error:
        raise RegistryFailure(reference.familiar, reference.registry, str(error)) from error
