"""The way from the `index.json` of an OCI layout to its manifests, level by level."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from layerhold.archives.contents import Part, Problem, ProblemKind
from layerhold.archives.documents import (
    Annotations,
    BadDocument,
    Descriptor,
    OciDocument,
    decoded,
    has_digest,
)
from layerhold.archives.limits import (
    MOST_LAYERS,
    MOST_LAYERS_OF_ONE,
    MOST_MANIFESTS,
    MOST_PROBLEMS_OF_ONE,
)
from layerhold.archives.opened import Opened
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.digests import is_digest

INDEX = "index.json"
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
        return bool(self.descriptor.annotations and self.descriptor.annotations.attests)

    @property
    def is_broken(self) -> bool:
        return any(not problem.is_harmless for problem in self.problems)

    @property
    def is_index(self) -> bool:
        return self.document is not None and self.document.manifests is not None

    @property
    def media_type(self) -> str:
        told = self.document.media_type if self.document else ""
        return told or self.descriptor.media_type


def walk(opened: Opened) -> list[Node]:
    """Every document but the configurations, in the order of the index."""
    return _Walk(opened).nodes()


class _Walk:
    """Goes from the index to what it lists, level by level, and meets everything once."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._path = str(opened.place.path)
        self._nodes: dict[str, Node] = {}
        self._layers, self._listed = 0, 0
        self._names: dict[str, str] = {}
        """Digests and media types, of which the same ones come again and again."""

    def nodes(self) -> list[Node]:
        level = self._enter(self._top(), parent=None)
        for _ in range(_DEEPEST):
            self._read(level)
            level = [child for node in level for child in self._children(node)]
        return list(self._nodes.values())

    def _top(self) -> list[Descriptor]:
        content = self._opened.document(INDEX)
        if content is None:
            raise self._too_large(INDEX)
        try:
            return decoded(content, OciDocument).manifests or []
        except BadDocument as error:
            detail = f"{INDEX}: {error}"
            raise ArchiveFailure(self._path, ArchiveFault.CORRUPT, detail) from error

    def _children(self, node: Node) -> list[Node]:
        listed = node.document.manifests if node.document else None
        return self._enter(listed, node) if listed else []

    def _enter(self, descriptors: Iterable[Descriptor], parent: Node | None) -> list[Node]:
        """The documents that are met for the first time; tags come down from an index."""
        fresh = []
        for descriptor in descriptors:
            node = self._nodes.get(descriptor.digest)
            if node is None:
                node = self._nodes[descriptor.digest] = self._node(descriptor, parent)
                fresh.append(node)
            node.tags.update(parent.tags if parent else {})
            _name(node, descriptor)
        return fresh

    def _node(self, descriptor: Descriptor, parent: Node | None) -> Node:
        if len(self._nodes) == MOST_MANIFESTS:
            raise self._too_large(f"more than {MOST_MANIFESTS} manifests")
        part = self._opened.blob(descriptor.digest)
        node = Node(descriptor, part, parent.digest if parent else "")
        if kind := _fault(descriptor, part, parent):
            node.problems.append(Problem(kind, descriptor.digest))
        return node

    def _read(self, level: list[Node]) -> None:
        readable = {node.part: node for node in level if node.part and not node.is_broken}
        for part, content in self._opened.documents(readable):
            self._read_one(readable.pop(part), content)
        for node in readable.values():
            node.problems.append(Problem(ProblemKind.BAD_DOCUMENT, node.digest, "too large"))

    def _read_one(self, node: Node, content: bytes) -> None:
        if not has_digest(content, node.digest):
            node.problems.append(Problem(ProblemKind.WRONG_DIGEST, node.digest))
            return
        try:
            node.document = decoded(content, OciDocument)
        except BadDocument as error:
            node.problems.append(Problem(ProblemKind.BAD_DOCUMENT, node.digest, str(error)))
            return
        self._shorten(node.document)
        self._listed += len(node.document.manifests or ())
        if self._listed > MOST_MANIFESTS:
            raise self._too_large(f"more than {MOST_MANIFESTS} manifests")

    def _shorten(self, document: OciDocument) -> None:
        """Keep as little of the layers as can be; one too many tells that there are too many."""
        document.layers = (document.layers or [])[: MOST_LAYERS_OF_ONE + 1]
        self._layers += len(document.layers)
        if self._layers > MOST_LAYERS:
            raise self._too_large(f"more than {MOST_LAYERS} layers")
        for layer in document.layers:
            layer.digest = self._names.setdefault(layer.digest, layer.digest)
            layer.media_type = self._names.setdefault(layer.media_type, layer.media_type)

    def _too_large(self, detail: str) -> ArchiveFailure:
        return ArchiveFailure(self._path, ArchiveFault.TOO_LARGE, detail)


def _fault(descriptor: Descriptor, part: Part | None, parent: Node | None) -> ProblemKind | None:
    if not is_digest(descriptor.digest):
        return ProblemKind.UNSAFE_NAME
    if part is None:
        # An engine that has pulled one platform saves the whole list, and what it has of it.
        return ProblemKind.NOT_INCLUDED if parent else ProblemKind.MISSING_DOCUMENT
    return ProblemKind.WRONG_SIZE if descriptor.size not in (-1, part.size) else None


def _name(node: Node, descriptor: Descriptor) -> None:
    told = descriptor.annotations or Annotations()
    if told.full_name:
        node.tags[told.full_name] = None
    elif name := told.ref_name:
        if ":" in name or "/" in name:
            node.tags[name] = None
        elif len(node.problems) < MOST_PROBLEMS_OF_ONE:
            node.problems.append(Problem(ProblemKind.NO_NAME, name))
