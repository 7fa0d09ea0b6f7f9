"""The images of a store: lines of its index, put together by their configurations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from threading import Lock

from layerhold.domain import platforms
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.engine.store import documents, host, index
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.documents import Config, Manifest
from layerhold.engine.store.index import Entry, Index
from layerhold.engine.store.layout import Layout

FEW = 1000
"""Images that may be remembered although the last look did not come by them."""


@dataclass(frozen=True, slots=True)
class Variant:
    """An image for one platform."""

    manifest: Manifest
    config: Config

    @property
    def id(self) -> str:
        """The digest of its configuration, by which Docker and Podman know it too."""
        assert self.manifest.contents.config is not None
        return self.manifest.contents.config.digest

    @property
    def layers(self) -> tuple[Descriptor, ...]:
        """Lowest first."""
        return self.manifest.contents.layers


@dataclass(frozen=True, slots=True)
class Stored:
    """An image with every name that it has."""

    id: str
    """That of the platform which suits this machine best; where nothing can be read, the digest
    that the index tells."""
    entries: tuple[Entry, ...]
    variants: tuple[Variant, ...] = ()
    """The platforms that are here, the one of the ID first."""
    fault: str = ""
    """Why it cannot be read."""

    @property
    def names(self) -> tuple[str, ...]:
        """As Docker prints them, in the order of the index."""
        return tuple(dict.fromkeys(filter(None, (entry.name for entry in self.entries))))

    @property
    def is_settled(self) -> bool:
        """Whether it stays as it is as long as its entry does: no platform can come or go."""
        return not self.fault and self.entries[0].digest == self.variants[0].manifest.digest

    @property
    def layers(self) -> tuple[Descriptor, ...]:
        """Of all platforms, each once."""
        every = (layer for variant in self.variants for layer in variant.layers)
        return tuple({layer.digest: layer for layer in every}.values())


class Catalogue:
    """Reads a store, and remembers what can never change: documents by their digest."""

    def __init__(self, layout: Layout, platform: str = "") -> None:
        self.layout = layout
        self.platform = platform or host.platform_here()
        self._index = (b"", Index())
        """What was read last, and as it was written."""
        self._stored: dict[Entry, Stored] = {}
        """The images of the last look, where nothing but their entry decides what they are."""
        self._manifests: dict[str, Manifest] = {}
        self._configs: dict[str, Config] = {}
        self._guard = Lock()

    def images(self, token: Token | None = None) -> tuple[Stored, ...]:
        """Every image, in the order of the index."""
        return self.of(self.entries(), token)

    def entries(self) -> tuple[Entry, ...]:
        """The lines of the index as it is now."""
        written = index.content(self.layout)
        if written != self._index[0]:
            self._index = (written, index.parse(self.layout, written))
        return self._index[1].entries

    def of(self, entries: Iterable[Entry], token: Token | None = None) -> tuple[Stored, ...]:
        """The images that these lines of an index stand for."""
        groups: dict[str, list[Stored]] = {}
        looked_at: dict[Entry, Stored] = {}
        with Blobs(self.layout) as blobs:
            for entry in entries:
                if token:
                    token.check()
                found = self._stored.get(entry) or self._look_at(blobs, entry)
                if found.is_settled:
                    looked_at[entry] = found
                groups.setdefault(found.id, []).append(found)
        self._remember(looked_at)
        return tuple(_joined(group) for group in groups.values())

    def _remember(self, looked_at: dict[Entry, Stored]) -> None:
        with self._guard:
            if len(self._stored) > 2 * len(looked_at) + FEW:
                self._stored = {}
            self._stored |= looked_at

    def manifest(self, blobs: Blobs, digest: str) -> Manifest:
        """A manifest or an index; raises `ImageDamaged`."""
        known = self._manifests.get(digest)
        if known is None:
            known = documents.manifest(digest, blobs.document(digest))
            with self._guard:
                self._manifests[digest] = known
        return known

    def variants(self, blobs: Blobs, found: Manifest) -> tuple[Variant, ...]:
        """The platforms that are here, the best for this machine first."""
        listed = found.contents.manifests
        if listed is None:
            return (self._variant(blobs, found),)
        here = [
            each
            for each in listed
            if not each.is_attestation and blobs.size(each.digest) is not None
        ]
        preferred = platforms.best(here, self.platform)
        here.sort(key=lambda each: each is not preferred)
        return tuple(self._variants_of(blobs, here))

    def _variants_of(self, blobs: Blobs, here: Iterable[Descriptor]) -> Iterator[Variant]:
        for each in here:
            inner = self.manifest(blobs, each.digest)
            if inner.is_image:
                yield self._variant(blobs, inner)

    def _variant(self, blobs: Blobs, found: Manifest) -> Variant:
        told, layers = found.contents.config, len(found.contents.layers)
        if told is None or not found.is_image:
            kind = told.media_type if told else found.media_type
            raise ImageDamaged(found.digest, f"no image: {kind[:100]}")
        config = self._config(blobs, told.digest)
        if layers != len(config.diff_ids):
            words = f"{layers} layers, {len(config.diff_ids)} in the configuration"
            raise ImageDamaged(found.digest, words)
        return Variant(found, config)

    def _config(self, blobs: Blobs, digest: str) -> Config:
        known = self._configs.get(digest)
        if known is None:
            known = documents.config(digest, blobs.document(digest))
            with self._guard:
                self._configs[digest] = known
        return known

    def _look_at(self, blobs: Blobs, entry: Entry) -> Stored:
        if not entry.digest:
            return Stored(entry.key, (entry,), fault="its digest is none")
        try:
            variants = self.variants(blobs, self.manifest(blobs, entry.digest))
        except ImageDamaged as error:
            return Stored(entry.key, (entry,), fault=error.detail)
        if not variants:
            return Stored(entry.key, (entry,), fault="none of its platforms is here")
        return Stored(variants[0].id, (entry,), variants)


def _joined(group: list[Stored]) -> Stored:
    """The same image under several names, perhaps packed in several ways."""
    if len(group) == 1:
        return group[0]
    entries = tuple(chain.from_iterable(each.entries for each in group))
    variants = chain.from_iterable(each.variants for each in group)
    distinct = {variant.manifest.digest: variant for variant in variants}
    return Stored(group[0].id, entries, tuple(distinct.values()), group[0].fault)
