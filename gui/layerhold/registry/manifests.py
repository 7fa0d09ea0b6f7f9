"""What a registry has under a reference: manifests, each checked against its digest."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from layerhold.domain import platforms
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.digests import is_digest
from layerhold.domain.login import Login
from layerhold.domain.references import Reference
from layerhold.domain.registry_errors import Damaged, PlatformMissing, RegistryFailure
from layerhold.domain.transfers import RemoteImage
from layerhold.registry import documents
from layerhold.registry.documents import (
    DOCKER_LIST,
    DOCKER_MANIFEST,
    OCI_INDEX,
    OCI_MANIFEST,
    Contents,
)
from layerhold.registry.persistence import persistently
from layerhold.registry.refusals import Answer
from layerhold.registry.request import Request
from layerhold.registry.session import Session
from layerhold.registry.trust import Trust

ACCEPT = ", ".join((OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST))
"""Without it, a registry answers with a form that is long out of use."""
DIGEST_HEADER = "Docker-Content-Digest"
DEEPEST = 4
"""Indexes within indexes."""

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest or an index, byte for byte."""

    digest: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tree:
    """What a pull of one platform needs."""

    indexes: tuple[Manifest, ...]
    """From what the reference names to what lists the image; none where it names the image."""
    manifest: Manifest
    contents: Contents
    platform: str
    """As the index says; empty without one."""

    @property
    def digest(self) -> str:
        """What the registry calls it."""
        return (*self.indexes, self.manifest)[0].digest


def look(
    reference: Reference,
    login: Login | None = None,
    token: Token | None = None,
    trust: Trust | None = None,
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


def read(session: Session, reference: Reference, subject: str = "") -> Manifest:
    """The manifest or index under the reference, checked; failures are about the subject."""
    answer = _ask(session, reference, "GET", subject)
    expected = reference.digest or answer.header(DIGEST_HEADER)
    found = verified(answer.content, expected, reference)
    kind = answer.header("Content-Type").partition(";")[0].strip()
    if not kind:
        kind = _understood(documents.contents, answer.content, reference).media_type
    return Manifest(found, kind, answer.content)


def verified(content: bytes, expected: str, reference: Reference) -> str:
    """The content's digest; raises `RegistryFailure` where another one was expected."""
    algorithm = expected.partition(":")[0] if is_digest(expected) else "sha256"
    found = f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"
    if is_digest(expected) and found != expected:
        told = f"{expected} was asked for, {found} came"
        raise Damaged(reference.familiar, reference.registry, told)
    return found


def read_tree(session: Session, reference: Reference, platform: str) -> Tree:
    """The way to the image for `os/architecture[/variant]`; raises `PlatformMissing`.

    It is patient, which `read` is not. An image that is on no index is taken for whatever platform
    it is.
    """
    indexes: list[Manifest] = []
    found, told = persistently(session, lambda: read(session, reference)), ""
    contents = contents_of(reference, found)
    while contents.manifests is not None:
        indexes.append(found)
        entry = platforms.best(contents.manifests, platform)
        if entry is None or len(indexes) > DEEPEST:
            raise PlatformMissing(reference.familiar, reference.registry, "", platform)
        told = entry.platform
        found = read_part(session, reference, entry)
        contents = contents_of(reference, found)
    return Tree(tuple(indexes), found, contents, told)


def read_part(session: Session, reference: Reference, entry: Descriptor) -> Manifest:
    """A manifest or index that an index lists."""
    named = replace(reference, digest=entry.digest)
    part = persistently(session, lambda: read(session, named, reference.familiar))
    if entry.size not in {-1, len(part.content)}:
        told = f"{entry.digest} has {len(part.content)} bytes, not {entry.size}"
        raise Damaged(reference.familiar, reference.registry, told)
    return part


def put(session: Session, reference: Reference, manifest: Manifest) -> None:
    """Give the registry a manifest whose parts it has, under the tag, or else by its digest."""
    name = reference.tag or manifest.digest
    request = Request(
        f"/v2/{reference.path}/manifests/{name}",
        "PUT",
        pushing(reference),
        reference.familiar,
        {"Content-Type": manifest.media_type},
        manifest.content,
    )
    answer = persistently(session, lambda: session.ask(request))
    kept = answer.header(DIGEST_HEADER)
    if is_digest(kept) and kept != manifest.digest:
        told = f"{manifest.digest} was sent, {kept} was kept"
        raise Damaged(reference.familiar, reference.registry, told)


def contents_of(reference: Reference, manifest: Manifest) -> Contents:
    """What a manifest says; raises `RegistryFailure` where it makes no sense."""
    return _understood(documents.contents, manifest.content, reference)


def platforms_of(session: Session, reference: Reference, manifest: Manifest) -> list[str]:
    """The platforms of an index, or the one of an image."""
    contents = contents_of(reference, manifest)
    if contents.manifests is not None:
        return [entry.platform for entry in contents.manifests if entry.platform]
    if contents.config is None:
        return []
    return [told for told in [_platform_of_image(session, reference, contents.config)] if told]


def pulling(reference: Reference) -> str:
    """The scope of a token that allows to pull from the repository."""
    return f"repository:{reference.path}:pull"


def pushing(reference: Reference) -> str:
    """The scope of a token that allows to push to the repository."""
    return f"repository:{reference.path}:pull,push"


def _platform_of_image(session: Session, reference: Reference, config: Descriptor) -> str:
    path = f"/v2/{reference.path}/blobs/{config.digest}"
    answer = session.ask(Request(path, scope=pulling(reference), subject=reference.familiar))
    verified(answer.content, config.digest, reference)
    return _understood(documents.platform, answer.content, reference)


def _ask(session: Session, reference: Reference, method: str, subject: str = "") -> Answer:
    path = f"/v2/{reference.path}/manifests/{reference.digest or reference.tag}"
    accept = {"Accept": ACCEPT}
    subject = subject or reference.familiar
    return session.ask(Request(path, method, pulling(reference), subject, headers=accept))


def _understood(
    understand: Callable[[bytes], Meaning], content: bytes, reference: Reference
) -> Meaning:
    try:
        return understand(content)
    except ValueError as error:
        raise RegistryFailure(reference.familiar, reference.registry, str(error)) from error
