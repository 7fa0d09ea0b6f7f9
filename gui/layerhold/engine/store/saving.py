"""Images of a store as one tar that is a docker archive and an OCI layout in one.

Docker writes the same since version 25. Blobs go in as they are, so that digests stay; whoever
reads `manifest.json` unpacks compressed layers himself.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import msgspec

from layerhold.archives import names
from layerhold.archives.compression import Compression
from layerhold.archives.contents import Part, Place
from layerhold.archives.docker_form import MANIFEST
from layerhold.archives.documents import FULL_NAME
from layerhold.archives.files import stamp
from layerhold.archives.tar_writing import Copied, Written, chunks
from layerhold.domain import platforms
from layerhold.domain.archive_errors import ArchiveFailure, ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.errors import ImageNotFound
from layerhold.domain.store_errors import StoreFailure
from layerhold.engine.store import index, naming, sweeping
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.catalogue import Catalogue, Stored, Variant
from layerhold.engine.store.images import familiar, find, readable
from layerhold.engine.store.index import Entry
from layerhold.engine.store.layout import INDEX, MARK, MARK_CONTENT
from layerhold.engine.store.leases import leased


@dataclass(frozen=True, slots=True)
class _Item:
    """One image as it was asked for: by a name, or by an ID and then without one."""

    entry: Entry
    variant: Variant
    """The one that readers of docker archives get."""


def save(
    catalogue: Catalogue, references: Sequence[str], token: Token, platform: str = ""
) -> Generator[bytes, None, None]:
    """The archive in blocks; what it consists of stays until it is written."""
    stored = catalogue.images()
    items = [_item(find(stored, each), each, platform) for each in references]
    digests = sweeping.reach(catalogue, (item.entry for item in items))
    with _kept(catalogue, digests, token):
        parts = [Copied(part, part.name, part.size) for part in _parts(catalogue, items, digests)]
        place = Place(catalogue.layout.path, stamp(catalogue.layout.path), is_folder=True)
        try:
            yield from chunks(place, parts, _documents(items), token)
        except ArchiveFailure as failure:
            raise ImageDamaged(references[0], failure.detail or failure.path) from failure


def _item(stored: Stored, asked: str, platform: str) -> _Item:
    first = readable(stored)
    name = familiar(asked)
    by_name = [each for each in stored.entries if each.name == name]
    entry = by_name[0] if by_name else stored.entries[0].renamed(None)
    if not platform:
        return _Item(entry, first)
    known = {each.manifest.digest: each for each in stored.variants}
    told = [Descriptor("", digest, -1, each.config.platform) for digest, each in known.items()]
    best = platforms.best(told, platform)
    if best is None:
        raise ImageNotFound(asked, f"{asked} is not here for {platform}")
    return _Item(_entry_of(known[best.digest], entry), known[best.digest])


def _entry_of(variant: Variant, entry: Entry) -> Entry:
    """The platform by itself, under the same name."""
    manifest = variant.manifest
    made = index.made(manifest.media_type, manifest.digest, manifest.size)
    return made.renamed(entry.reference)


@contextmanager
def _kept(catalogue: Catalogue, digests: set[str], token: Token) -> Iterator[None]:
    """Inside, nobody deletes these; in a store that takes no changes, nobody can anyway."""
    with ExitStack() as stack:
        with suppress(StoreFailure):
            stack.enter_context(leased(catalogue.layout, token)).hold(digests)
        yield


def _parts(catalogue: Catalogue, items: Sequence[_Item], digests: set[str]) -> Iterator[Part]:
    """Every blob that is here; other platforms of an index need not be."""
    needed = {digest: item.entry.name for item in items for digest in _needed(item.variant)}
    with Blobs(catalogue.layout) as blobs:
        for digest in sorted(digests):
            size = blobs.size(digest)
            if size is not None:
                yield Part(names.blob(digest), size, Compression.NONE)
            elif digest in needed:
                raise ImageDamaged(needed[digest], f"{digest} is missing")


def _needed(variant: Variant) -> Iterator[str]:
    yield variant.id
    yield from (layer.digest for layer in variant.layers if not layer.is_foreign)


def _documents(items: Iterable[_Item]) -> list[Written]:
    listed = list(items)
    entries = [_named(item.entry) for item in listed]
    return [
        Written(MARK, MARK_CONTENT),
        Written(INDEX, index.written(entries)),
        Written(MANIFEST, msgspec.json.encode(_docker_entries(listed))),
    ]


def _named(entry: Entry) -> bytes:
    """As containerd and skopeo look for it, each in an annotation of its own."""
    told: dict[str, Any] = {"mediaType": entry.media_type, "digest": entry.digest}
    told |= {"size": entry.size} if entry.size >= 0 else {}
    if entry.reference:
        named = {FULL_NAME: entry.reference.full} | naming.annotations(entry.reference)
        told["annotations"] = named
    return msgspec.json.encode(told)


def _docker_entries(items: Iterable[_Item]) -> list[dict[str, Any]]:
    """An image once, with all the names by which it was asked for."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        layers = [names.blob(layer.digest) for layer in item.variant.layers]
        new = {"Config": names.blob(item.variant.id), "RepoTags": [], "Layers": layers}
        entry = found.setdefault(item.variant.manifest.digest, new)
        if item.entry.name and "@" not in item.entry.name:
            entry["RepoTags"].append(item.entry.name)
    return [entry | {"RepoTags": entry["RepoTags"] or None} for entry in found.values()]
