"""The members of an OCI layout, with the manifests of the one it is made of, byte for byte."""

from collections.abc import Iterator, Sequence

import msgspec

from layerhold.archives import names
from layerhold.archives.choosing import Choice
from layerhold.archives.contents import ArchivedImage, Contents, Index, Manifest, Part, ProblemKind
from layerhold.archives.documents import FULL_NAME, INDEX_TYPE, REF_NAME, digest
from layerhold.archives.oci_walk import INDEX
from layerhold.archives.tar_writing import Copied, Written
from layerhold.domain.references import parse

LAYOUT = Written("oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
Entry = dict[str, object]
Group = list[ArchivedImage]
"""Platforms of one index that get the same tags, or an image that is in none."""


def members(
    contents: Contents, images: list[ArchivedImage], choice: Choice
) -> tuple[list[Copied], list[Written]]:
    """Blobs, each once, and the index of the images."""
    entries: list[Entry] = []
    written = [LAYOUT]
    parts = {part for image in images for part in _parts(image)}
    for group in _groups(images, choice):
        index = _whole_index(contents, group)
        if index:
            parts |= set(index.parts)
            entry = _descriptor(index.manifest)
        elif len(group) == 1:
            entry = _descriptor(group[0].manifest)
        else:
            made = _index([_platform(image) for image in group])
            written.append(Written(names.blob(digest(made)), made))
            entry = {"mediaType": INDEX_TYPE, "digest": digest(made), "size": len(made)}
        entries += _named(entry, choice[group[0].key])
    written.append(Written(INDEX, _index(entries)))
    return [Copied(part, part.name, part.size) for part in parts], written


def _groups(images: list[ArchivedImage], choice: Choice) -> list[Group]:
    groups: dict[tuple[str, tuple[str, ...]], Group] = {}
    for image in images:
        index = image.manifest.index if image.manifest else ""
        key = index or image.key, tuple(sorted(choice[image.key]))
        groups.setdefault(key, []).append(image)
    return list(groups.values())


def _whole_index(contents: Contents, group: Group) -> Index | None:
    """The index that lists just these images, as far as its images are in the archive."""
    indexes = {index.manifest.digest: index for index in contents.indexes}
    found = indexes.get(_index_of(group[0]))
    if found is None:
        return None
    included = {
        image.key
        for image in contents.images
        if _index_of(image) == found.manifest.digest and _is_included(image)
    }
    return found if included == {image.key for image in group} else None


def _index_of(image: ArchivedImage) -> str:
    return image.manifest.index if image.manifest else ""


def _is_included(image: ArchivedImage) -> bool:
    return all(problem.kind is not ProblemKind.NOT_INCLUDED for problem in image.problems)


def _parts(image: ArchivedImage) -> Iterator[Part]:
    manifest = image.manifest.part if image.manifest else None
    for part in (manifest, image.config, *(layer.part for layer in image.layers)):
        if part:
            yield part


def _descriptor(manifest: Manifest | None) -> Entry:
    if manifest is None or manifest.part is None:
        raise ValueError("an image without a manifest is in no OCI layout")
    size = manifest.part.size
    return {"mediaType": manifest.media_type, "digest": manifest.digest, "size": size}


def _platform(image: ArchivedImage) -> Entry:
    """The image in an index that lists fewer platforms than the one it comes from."""
    fields = ("os", "architecture", "variant")
    platform = dict(zip(fields, image.platform.split("/"), strict=False))
    return _descriptor(image.manifest) | {"platform": platform}


def _named(entry: Entry, tags: Sequence[str]) -> list[Entry]:
    """Once for each tag, which containerd and skopeo look for in different annotations."""
    names = [parse(tag).full for tag in tags]
    named = [entry | {"annotations": {FULL_NAME: name, REF_NAME: name}} for name in names]
    return named or [entry]


def _index(entries: list[Entry]) -> bytes:
    document = {"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": entries}
    return msgspec.json.encode(document)
