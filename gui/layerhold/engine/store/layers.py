"""History and layers of an image in a store; a layer weighs what it takes on disk, compressed."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from layerhold.archives.documents import BadDocument, decoded
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.digests import chain_ids
from layerhold.domain.layers import Anatomy, HistoryEntry, LayerSize, Step
from layerhold.domain.moments import seconds
from layerhold.domain.pairing import pair
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.catalogue import Stored, Variant
from layerhold.engine.store.images import readable


class _Line(msgspec.Struct, gc=False):
    created: str | None = ""
    created_by: str | None = ""
    comment: str | None = ""
    empty_layer: bool | None = False


class _Lines(msgspec.Struct, gc=False):
    history: list[_Line] | None = None


def steps(blobs: Blobs, stored: Stored) -> tuple[Step, ...]:
    """Newest first, as the configuration tells them, which says of each line if it made a layer."""
    variant = readable(stored)
    lines = _history(blobs, variant)
    diff_ids, sizes = variant.config.diff_ids, _sizes(blobs, variant)
    if sum(not line.empty_layer for line in lines) != len(diff_ids):
        return pair([_entry(line) for line in reversed(lines)], diff_ids)
    layers = zip(sizes, diff_ids, chain_ids(diff_ids), strict=True)
    found = [_step(line, layers) for line in lines]
    return tuple(_named(found, stored)[::-1])


def anatomy(blobs: Blobs, stored: Stored) -> Anatomy:
    """Layers of the platform that suits this machine, and then what others have besides."""
    first = readable(stored)
    layers: dict[str, LayerSize] = {}
    for variant in stored.variants:
        stack = zip(chain_ids(variant.config.diff_ids), _sizes(blobs, variant), strict=True)
        for chain_id, size in stack:
            layers.setdefault(chain_id, LayerSize(chain_id, size))
    return Anatomy(first.config.platform, tuple(layers.values()))


def _sizes(blobs: Blobs, variant: Variant) -> list[int]:
    """Bytes of each layer on disk; nothing for one that has to be had elsewhere."""
    return [blobs.size(layer.digest) or 0 for layer in variant.layers]


def _history(blobs: Blobs, variant: Variant) -> list[_Line]:
    content = blobs.document(variant.id)
    try:
        return decoded(content, _Lines).history or []
    except BadDocument as error:
        raise ImageDamaged(variant.id, str(error)[:300]) from error


def _entry(line: _Line, size: int = 0) -> HistoryEntry:
    created = seconds(line.created)
    return HistoryEntry(line.created_by or "", created, size, line.comment or "")


def _step(line: _Line, layers: Iterator[tuple[int, str, str]]) -> Step:
    if line.empty_layer:
        return Step(_entry(line))
    size, diff_id, chain_id = next(layers)
    return Step(_entry(line, size), diff_id, chain_id)


def _named(found: list[Step], stored: Stored) -> list[Step]:
    """The newest line is the image itself, as `docker history` has it."""
    for last in found[-1:]:
        entry = replace(last.entry, image_id=stored.id, tags=stored.names)
        found[-1] = replace(last, entry=entry)
    return found
