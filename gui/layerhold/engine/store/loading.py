"""Archives into a store: everything is looked at first, then put in, and then named at once.

Layers stay as they come: those of an OCI layout byte for byte, so that digests stay, and those of a
docker archive plain, as Docker saves them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from layerhold.archives import names
from layerhold.archives.compression import Compression
from layerhold.archives.contents import ArchivedImage, ArchivedLayer, Contents, Part, ProblemKind
from layerhold.archives.verifying import verify
from layerhold.domain.archive_errors import ArchiveFailure
from layerhold.domain.cancel import Token
from layerhold.domain.outcomes import Loaded, LoadedImage
from layerhold.domain.progress import Phase, Progress, Report
from layerhold.domain.references import parse
from layerhold.engine.store import changing, composing, index
from layerhold.engine.store.catalogue import Catalogue
from layerhold.engine.store.composing import LAYER_TYPES
from layerhold.engine.store.index import Entry
from layerhold.engine.store.leases import leased
from layerhold.engine.store.partial import partial
from layerhold.engine.store.receiving import receive
from layerhold.engine.store.shelving import Shelving
from layerhold.registry.documents import OCI_MANIFEST


def load(catalogue: Catalogue, chunks: Iterable[bytes], report: Report, token: Token) -> Loaded:
    """Take in every image; raises `ArchiveFailure` without a path, and then none has come in."""
    layout = catalogue.layout
    with leased(layout, token) as lease, partial(layout) as spool, _without_path():
        receive(chunks, spool, token)
        course = _Course(report, spool.size)
        contents = verify(spool.path, token, lambda _progress: token.check())
        shelving = Shelving(layout, contents.place, lease, course.tell, token)
        new = [entry for each in _included(contents) for entry in _put(each, contents, shelving)]
        index.change(layout, lambda entries: changing.joined(catalogue, entries, new), token)
    return Loaded(tuple(_loaded(catalogue, new)))


class _Course:
    """How much of the archive is in the store."""

    def __init__(self, report: Report, total: int) -> None:
        self._report, self._total, self._done = report, total, 0
        self.tell(0)

    def tell(self, more: int) -> None:
        self._done = min(self._total, self._done + more)
        self._report(Progress(self._done, self._total, "bytes", phase=Phase.IMPORTING))


def _included(contents: Contents) -> Iterator[ArchivedImage]:
    for image in contents.images:
        if all(problem.kind is not ProblemKind.NOT_INCLUDED for problem in image.problems):
            yield image


def _put(image: ArchivedImage, contents: Contents, shelving: Shelving) -> list[Entry]:
    """Put everything in that the image consists of; what is to stand in the index for it."""
    has_manifest = image.manifest is not None and image.manifest.part is not None
    layers = {
        layer.part: _digest(layer, has_manifest=has_manifest)
        for layer in image.layers
        if layer.part
    }
    shelving.copy(layers, None if has_manifest else composing.unpacked_by)
    if image.config:
        shelving.copy({image.config: names.digest_in(image.config.name) or image.id})
    bare = _listed(image, contents, shelving) if has_manifest else _made(image, shelving)
    references = dict.fromkeys(map(parse, image.tags))
    return [bare.renamed(reference) for reference in references] or [bare]


def _digest(layer: ArchivedLayer, *, has_manifest: bool) -> str:
    """What a manifest says, or what is known of a layer that is kept plain."""
    assert layer.part is not None
    packed = layer.part.compression
    if has_manifest or (layer.digest and packed in LAYER_TYPES):
        return layer.digest
    is_kept_packed = packed in LAYER_TYPES and packed is not Compression.NONE
    return "" if is_kept_packed else layer.diff_id


def _listed(image: ArchivedImage, contents: Contents, shelving: Shelving) -> Entry:
    """An image that has a manifest, or the index that lists it."""
    told = image.manifest
    assert told is not None
    assert told.part is not None
    shelving.copy({told.part: told.digest})
    for each in contents.indexes:
        if each.manifest.digest == told.index and each.manifest.part:
            shelving.copy({part: names.digest_in(part.name) for part in each.parts})
            told = each.manifest
    assert told.part is not None
    return shelving.listed(told.media_type or OCI_MANIFEST, told.digest, told.part.size)


def _made(image: ArchivedImage, shelving: Shelving) -> Entry:
    """An image of a docker archive."""
    assert image.config is not None
    parts = [layer.part for layer in image.layers if layer.part]
    layers = [(composing.layer_type(part), *_told(part, shelving)) for part in parts]
    content = composing.manifest(_told(image.config, shelving), layers)
    digest = composing.digest(content)
    shelving.add(content, digest)
    return index.made(OCI_MANIFEST, digest, len(content))


def _told(part: Part, shelving: Shelving) -> tuple[str, int]:
    put = shelving.put[part]
    return put.digest, put.size


def _loaded(catalogue: Catalogue, new: Iterable[Entry]) -> Iterator[LoadedImage]:
    for stored in catalogue.of(new):
        for name in stored.names or ("",):
            yield LoadedImage(stored.id, name)


@contextmanager
def _without_path() -> Iterator[None]:
    """Nobody knows the file that the bytes are put down in for the time being."""
    try:
        yield
    except ArchiveFailure as failure:
        raise replace(failure, path="") from failure
