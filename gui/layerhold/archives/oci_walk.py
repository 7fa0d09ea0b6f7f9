"""The way from the `index.json` of an OCI layout to its manifests, level by level."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from layerhold.archives.contents import Part, Problem, ProblemKind
from layerhold.archives.documents import (
    BadDocument,
    Descriptor,
    OciDocument,
    decoded,
    has_digest,
)
from layerhold.archives.opened import Opened
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.digests import is_digest

INDEX = "index.json"
REF_NAME = "org.opencontainers.image.ref.name"
FULL_NAME = "io.containerd.image.name"
ATTESTATION = "vnd.docker.reference.type"
MOST_DOCUMENTS = 50_000
_DEEPEST = 4
"""Indexes within indexes."""


@dataclass(slots=True)
class Node:
    """A document on the way, and what led to it."""

    descriptor: Descriptor
    part: Part | None
    index: str = ""
    """The digest of the index that lists it, or empty."""
    tags: dict[str, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    document: OciDocument | None = None

    @property
    def digest(self) -> str:
        return self.descriptor.digest

    @property
    def is_attestation(self) -> bool:
        return ATTESTATION in (self.descriptor.annotations or {})

    @property
    def is_index(self) -> bool:
        return self.document is not None and self.document.manifests is not None

    @property
    def media_type(self) -> str:
        told = self.document.media_type if self.document else ""
        return told or self.descriptor.media_type


def walk(opened: Opened) -> list[Node]:
    """Every document but the configurations, in the order of the index."""
    nodes: dict[str, Node] = {}
    level = _level(opened, nodes, _top(opened), parent=None)
    for _ in range(_DEEPEST):
        _read(opened, level)
        indexes = [node for node in level if node.is_index]
        level = [
            child
            for node in indexes
            if node.document
            for child in _level(opened, nodes, node.document.manifests or (), node)
        ]
        if not level:
            break
    return list(nodes.values())


def _top(opened: Opened) -> list[Descriptor]:
    path = str(opened.place.path)
    content = opened.document(INDEX)
    if content is None:
        raise ArchiveFailure(path, ArchiveFault.TOO_LARGE, INDEX)
    try:
        return decoded(content, OciDocument).manifests or []
    except BadDocument as error:
        raise ArchiveFailure(path, ArchiveFault.CORRUPT, f"{INDEX}: {error}") from error


def _level(
    opened: Opened,
    nodes: dict[str, Node],
    descriptors: Iterable[Descriptor],
    parent: Node | None,
) -> list[Node]:
    """The documents that are met for the first time; tags come down from an index."""
    fresh = []
    for descriptor in descriptors:
        node = nodes.get(descriptor.digest)
        if node is None:
            node = nodes[descriptor.digest] = _node(opened, descriptor, parent)
            fresh.append(node)
        node.tags.update(parent.tags if parent else {})
        _name(node, descriptor)
    if len(nodes) > MOST_DOCUMENTS:
        detail = f"more than {MOST_DOCUMENTS} manifests"
        raise ArchiveFailure(str(opened.place.path), ArchiveFault.TOO_LARGE, detail)
    return fresh


def _node(opened: Opened, descriptor: Descriptor, parent: Node | None) -> Node:
    index = parent.digest if parent else ""
    if not is_digest(descriptor.digest):
        problem = Problem(ProblemKind.UNSAFE_NAME, descriptor.digest)
        return Node(descriptor, None, index, problems=[problem])
    node = Node(descriptor, opened.blob(descriptor.digest), index)
    if node.part is None:
        # An engine that has pulled one platform saves the whole list, and what it has of it.
        kind = ProblemKind.NOT_INCLUDED if parent else ProblemKind.MISSING_DOCUMENT
        node.problems.append(Problem(kind, descriptor.digest))
    elif descriptor.size not in (-1, node.part.size):
        node.problems.append(Problem(ProblemKind.WRONG_SIZE, descriptor.digest))
    return node


def _name(node: Node, descriptor: Descriptor) -> None:
    annotations = descriptor.annotations or {}
    if full := annotations.get(FULL_NAME):
        node.tags[full] = None
    elif name := annotations.get(REF_NAME):
        if ":" in name or "/" in name:
            node.tags[name] = None
        else:
            node.problems.append(Problem(ProblemKind.NO_NAME, name))


def _read(opened: Opened, level: list[Node]) -> None:
    readable = {node.part: node for node in level if node.part and not _is_broken(node)}
    for part, content in opened.documents(readable):
        node = readable[part]
        if not has_digest(content, node.digest):
            node.problems.append(Problem(ProblemKind.WRONG_DIGEST, node.digest))
            continue
        try:
            node.document = decoded(content, OciDocument)
        except BadDocument as error:
            node.problems.append(Problem(ProblemKind.BAD_DOCUMENT, node.digest, str(error)))
    for node in level:
        if node.document is None and not _is_broken(node):
            node.problems.append(Problem(ProblemKind.BAD_DOCUMENT, node.digest, "too large"))


def _is_broken(node: Node) -> bool:
    return any(not problem.is_harmless for problem in node.problems)
