"""The images of an OCI layout, with the lists of platforms that they are on."""

from collections.abc import Iterable, Iterator

from layerhold.archives.contents import (
    ArchivedImage,
    Index,
    Manifest,
    Part,
    Problem,
    ProblemKind,
)
from layerhold.archives.documents import BadDocument, Config, Descriptor, config, has_digest
from layerhold.archives.layer_shelf import Described, LayerShelf
from layerhold.archives.limits import MOST_PROBLEMS_OF_ONE
from layerhold.archives.oci_walk import Node, walk
from layerhold.archives.opened import Opened
from layerhold.domain.digests import is_digest

CONFIG_TYPES = (
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
)
Configs = dict[str, Config | Problem]
"""By digest, or why there is none."""
_NOTHING = Config("", "", 0, ())


def images(opened: Opened, shelf: LayerShelf) -> tuple[list[ArchivedImage], list[Index]]:
    """Every image in the order of the index, and the indexes within it."""
    nodes = walk(opened)
    manifests = [node for node in nodes if not node.is_index and not node.is_attestation]
    configs = _configs(opened, shelf, manifests)
    indexes = [_index(opened, node, nodes) for node in nodes if node.is_index]
    return [_image(opened, shelf, node, configs) for node in manifests], indexes


def _index(opened: Opened, node: Node, nodes: Iterable[Node]) -> Index:
    companions = [each for each in nodes if each.is_attestation and each.index == node.digest]
    digests = [node.digest, *(digest for each in companions for digest in _digests(each))]
    parts = dict.fromkeys(part for digest in digests if (part := opened.blob(digest)))
    return Index(_manifest(node), tuple(parts))


def _digests(node: Node) -> Iterator[str]:
    """Of a manifest and everything that it consists of."""
    yield node.digest
    if node.document and node.document.config:
        yield node.document.config.digest
    for blob in (node.document.layers if node.document else None) or ():
        yield blob.digest


def _manifest(node: Node) -> Manifest:
    return Manifest(node.digest, node.part, node.media_type, node.index)


def _configs(opened: Opened, shelf: LayerShelf, manifests: list[Node]) -> Configs:
    """By digest; those that are not there are left out."""
    parts: dict[Part, str] = {}
    for node in manifests:
        if (told := _config_of(node)) and (part := opened.blob(told.digest)):
            parts[part] = told.digest
    found: Configs = {}
    for part, content in opened.documents(parts):
        found[parts[part]] = _read(shelf, parts[part], content)
    return found


def _config_of(node: Node) -> Descriptor | None:
    """The configuration of an image, if it is one and its digest can be trusted as a name."""
    told = node.document.config if node.document else None
    if told is None or told.media_type not in CONFIG_TYPES or not is_digest(told.digest):
        return None
    return told


def _read(shelf: LayerShelf, digest: str, content: bytes) -> Config | Problem:
    if not has_digest(content, digest):
        return Problem(ProblemKind.WRONG_DIGEST, digest)
    try:
        return shelf.admit(config(content))
    except BadDocument as error:
        return Problem(ProblemKind.BAD_DOCUMENT, digest, str(error))


def _image(opened: Opened, shelf: LayerShelf, node: Node, configs: Configs) -> ArchivedImage:
    problems = list(node.problems)
    settings = _settings(node, configs, problems)
    described = [_described(opened, each, problems) for each in _layers(node)]
    layers, more = shelf.stack(described, settings.diff_ids)
    told = _config_of(node)
    return ArchivedImage(
        key=node.digest,
        id=settings.id,
        tags=tuple(node.tags),
        platform=settings.platform or str(node.descriptor.platform or ""),
        created=settings.created,
        config=opened.blob(told.digest) if told else None,
        layers=layers,
        manifest=_manifest(node),
        problems=(*(more if settings.id else ()), *problems)[:MOST_PROBLEMS_OF_ONE],
    )


def _settings(node: Node, configs: Configs, problems: list[Problem]) -> Config:
    if node.document is None:
        return _NOTHING
    told = _config_of(node)
    if told is None:
        kind = node.document.artifact_type or getattr(node.document.config, "media_type", "")
        problems.append(Problem(ProblemKind.NOT_AN_IMAGE, node.digest, kind))
        return _NOTHING
    missing = Problem(ProblemKind.MISSING_DOCUMENT, told.digest)
    found = configs.get(told.digest, missing)
    if isinstance(found, Config):
        return found
    problems.append(found)
    return _NOTHING


def _layers(node: Node) -> list[Descriptor]:
    if node.document is None or _config_of(node) is None:
        return []
    return node.document.layers or []


def _described(opened: Opened, told: Descriptor, problems: list[Problem]) -> Described:
    if not is_digest(told.digest):
        problems.append(Problem(ProblemKind.UNSAFE_NAME, told.digest))
        return None, "", told.media_type
    part = opened.blob(told.digest)
    if kind := _fault(told, part):
        problems.append(Problem(kind, told.digest))
    return part, told.digest, told.media_type


def _fault(told: Descriptor, part: Part | None) -> ProblemKind | None:
    if part is None:
        is_foreign = bool(told.urls) or "foreign" in told.media_type
        return ProblemKind.FOREIGN_LAYER if is_foreign else ProblemKind.MISSING_LAYER
    if told.media_type.endswith("+encrypted"):
        return ProblemKind.ENCRYPTED_LAYER
    return ProblemKind.WRONG_SIZE if told.size not in (-1, part.size) else None
