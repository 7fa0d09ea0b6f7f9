"""What a pull of one image brings into a store, and in which order it may be seen."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from layerhold.domain.descriptors import Descriptor
from layerhold.domain.progress import LayerState, Phase, Report
from layerhold.domain.references import Reference
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.layout import Layout
from layerhold.engine.store.leases import Lease
from layerhold.engine.store.partial import partial
from layerhold.registry import blobs as transfers
from layerhold.registry import several
from layerhold.registry.manifests import Manifest, Tree
from layerhold.registry.session import Session
from layerhold.registry.streams import Told
from layerhold.registry.tally import Tally


@dataclass(slots=True)
class Fetched:
    """What has come of one image."""

    layers: int = 0
    received: list[int] = field(default_factory=list)
    """Bytes of each blob that came."""
    warnings: tuple[str, ...] = ()


def fetch(
    layout: Layout, session: Session, reference: Reference, tree: Tree, lease: Lease, report: Report
) -> Fetched:
    """Bring every blob that is missing, then the manifests; only the index of the store is left.

    The lease holds all of it from before the look at what is missing.
    """
    documents = (*tree.indexes, tree.manifest)
    wanted = [blob for blob in tree.contents.blobs if not blob.is_foreign]
    lease.hold([each.digest for each in documents] + [each.digest for each in wanted])
    missing = _missing(layout, wanted)
    fetched = Fetched(warnings=tuple(_foreign(tree)))
    tally = Tally(reference.familiar, Phase.DOWNLOADING, wanted)
    for blob in wanted:
        if blob.digest not in missing:
            tally.of(blob)(LayerState.EXISTS, blob.size)

    def bring(branch: Session, blob: Descriptor, told: Told) -> None:
        with partial(layout, blob.digest) as sink:
            before = sink.size
            transfers.fetch(branch, reference, blob, sink, told)
            sink.keep(blob.digest)
        fetched.received.append(sink.size - min(before, sink.size))

    if missing:
        several.each(session, list(missing.values()), bring, tally, report)
    fetched.layers = len({layer.digest for layer in tree.contents.layers} & missing.keys())
    _keep(layout, documents)
    return fetched


def _missing(layout: Layout, wanted: Iterable[Descriptor]) -> dict[str, Descriptor]:
    """By digest, what is not there, or has another size than it should."""
    missing = {}
    with Blobs(layout) as blobs:
        for blob in wanted:
            size = blobs.size(blob.digest)
            if size is None or blob.size not in {-1, size}:
                missing[blob.digest] = blob
    return missing


def _keep(layout: Layout, documents: Iterable[Manifest]) -> None:
    """Byte for byte; also where one is there, since that costs less than to read it."""
    for document in documents:
        with partial(layout) as made:
            made.write(document.content)
            made.keep(document.digest)


def _foreign(tree: Tree) -> Iterable[str]:
    """Layers that registries must not keep, and that only their own host may give away."""
    for layer in tree.contents.layers:
        if layer.is_foreign:
            yield f"{layer.digest} is not in the registry: {layer.urls[0]}"
