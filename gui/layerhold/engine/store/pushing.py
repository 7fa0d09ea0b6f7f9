"""Images of a store to registries, byte for byte: digests there are those here."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.errors import ImageNotFound
from layerhold.domain.login import Login
from layerhold.domain.progress import LayerState, Phase, Report
from layerhold.domain.references import Reference, parse_tag_target
from layerhold.domain.store_errors import StoreFailure
from layerhold.domain.transfers import Pushed
from layerhold.engine.store import changing, index
from layerhold.engine.store.blobs import Blobs, BlobSource
from layerhold.engine.store.catalogue import Catalogue, Stored
from layerhold.engine.store.documents import Manifest
from layerhold.engine.store.images import find, readable
from layerhold.engine.store.index import Entry
from layerhold.engine.store.layout import Layout
from layerhold.engine.store.leases import leased
from layerhold.engine.store.showing import covered
from layerhold.registry import manifests, several, uploads
from layerhold.registry.session import Session
from layerhold.registry.streams import Told
from layerhold.registry.tally import Tally


@dataclass(frozen=True, slots=True)
class _Load:
    """What is to be there in the end, and in this order."""

    blobs: tuple[Descriptor, ...]
    documents: tuple[manifests.Manifest, ...]
    """Each after those that it lists; the last gets the tag."""
    is_part: bool
    """Only one platform of an index of which others are not here."""

    @property
    def digests(self) -> list[str]:
        parts = [each.digest for each in self.blobs]
        return [*parts, *(each.digest for each in self.documents)]


def push(
    catalogue: Catalogue, reference: str, login: Login | None, report: Report, token: Token
) -> Pushed:
    """Send what the registry has not got, and at the end what gives it the name."""
    target = parse_tag_target(reference)
    stored = find(catalogue.images(token), reference)
    entry = _named(stored, target)
    with ExitStack() as stack:
        load = _load(catalogue, stored, entry)
        with suppress(StoreFailure):
            lease = stack.enter_context(leased(catalogue.layout, token))
            lease.hold(load.digests)
        session = stack.enter_context(Session(target.registry, login, token))
        states = _send(catalogue.layout, session, target, load, _origin(stored, target), report)
        for document in load.documents[:-1]:
            manifests.put(session, replace(target, tag=""), document)
        manifests.put(session, target, load.documents[-1])
    digest = load.documents[-1].digest
    with suppress(StoreFailure):
        _note(catalogue, entry, target, digest)
    pushed = [blob for blob in load.blobs if states.get(blob.digest) is LayerState.PUSHED]
    layers = {layer.digest for variant in stored.variants for layer in variant.layers}
    return Pushed(
        target.familiar,
        digest,
        sum(blob.digest in layers for blob in pushed),
        sum(blob.size for blob in pushed),
        load.is_part,
    )


def _named(stored: Stored, target: Reference) -> Entry:
    for entry in stored.entries:
        if entry.reference == target:
            return entry
    raise ImageNotFound(target.familiar)


def _load(catalogue: Catalogue, stored: Stored, entry: Entry) -> _Load:
    """Everything that the name leads to, or what is here of it."""
    first = readable(stored)
    with Blobs(catalogue.layout) as blobs:
        top = catalogue.manifest(blobs, entry.digest)
        if inner := covered(top):
            top = catalogue.manifest(blobs, inner)
        try:
            found = list(_below(catalogue, blobs, top))
            is_part = False
        except ImageDamaged:
            if not top.is_index:
                raise
            found, is_part = [first.manifest], True
        documents = [_document(blobs, each) for each in found]
    parts = {part.digest: part for each in found for part in each.contents.blobs}
    wanted = tuple(part for part in parts.values() if not part.is_foreign)
    return _Load(wanted, tuple(documents), is_part)


def _below(catalogue: Catalogue, blobs: Blobs, top: Manifest) -> Iterator[Manifest]:
    """The document after all that it lists; raises `ImageDamaged` where something is missing."""
    for each in top.contents.manifests or ():
        yield from _below(catalogue, blobs, catalogue.manifest(blobs, each.digest))
    for part in top.contents.blobs:
        if blobs.size(part.digest) is None and not part.is_foreign:
            raise ImageDamaged(part.digest, f"{part.digest} is missing")
    yield top


def _document(blobs: Blobs, found: Manifest) -> manifests.Manifest:
    return manifests.Manifest(found.digest, found.media_type, blobs.document(found.digest))


def _send(
    layout: Layout, session: Session, target: Reference, load: _Load, origin: str, report: Report
) -> dict[str, LayerState]:
    """What became of each blob, by digest."""
    states: dict[str, LayerState] = {}

    def send(branch: Session, blob: Descriptor, told: Told) -> None:
        source = BlobSource(layout, blob.digest)
        states[blob.digest] = uploads.send(branch, target, blob, source, told, origin)

    tally = Tally(target.familiar, Phase.UPLOADING, load.blobs)
    several.each(session, load.blobs, send, tally, report)
    return states


def _origin(stored: Stored, target: Reference) -> str:
    """Another repository of that registry that has the image, as far as we know."""
    for entry in stored.entries:
        known = entry.origin
        if known and known.registry == target.registry and known.path != target.path:
            return known.path
    return ""


def _note(catalogue: Catalogue, entry: Entry, target: Reference, digest: str) -> None:
    """From now on a registry knows the image by this digest."""
    origin = replace(target, tag="", digest=digest)
    new = entry.renamed(target, origin)

    def change(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        is_there = any(each.reference == target and each.digest == entry.digest for each in entries)
        return changing.joined(catalogue, entries, [new]) if is_there else entries

    index.change(catalogue.layout, change)
