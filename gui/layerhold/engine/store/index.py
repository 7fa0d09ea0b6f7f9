"""The list of a store's images, `index.json`: read whole, and replaced at once."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from layerhold.archives.documents import INDEX_TYPE, BadDocument, decoded
from layerhold.archives.limits import LARGEST_DOCUMENT, MOST_IMAGES
from layerhold.domain.cancel import Token
from layerhold.domain.digests import is_digest
from layerhold.domain.references import Reference
from layerhold.domain.store_errors import StoreFailure, StoreFault
from layerhold.engine.store import naming
from layerhold.engine.store.layout import (
    EMPTY_INDEX,
    Layout,
    check,
    enter,
    prepare,
    replace,
    small_file,
)
from layerhold.engine.store.locking import locked

NONE = msgspec.Raw(b"null")


class _Line(msgspec.Struct, gc=False, rename="camel"):
    media_type: str = ""
    digest: str = ""
    size: int = -1
    annotations: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index: an image under one of its names, or under none."""

    raw: bytes
    """As it is written, with what we do not know of."""
    digest: str
    """Of a manifest or an index; empty where the entry tells none that can be one."""
    media_type: str = ""
    size: int = -1
    reference: Reference | None = None
    origin: Reference | None = None
    """`repository@digest` by which a registry knows it."""

    @property
    def name(self) -> str:
        """As Docker prints it, or nothing."""
        return self.reference.familiar if self.reference else ""

    @property
    def key(self) -> str:
        """What tells it from the others where it has no digest."""
        return self.digest or f"sha256:{hashlib.sha256(self.raw).hexdigest()}"

    def renamed(self, reference: Reference | None, origin: Reference | None = None) -> "Entry":
        """The same image under another name, or under none; what we do not know stays.

        `origin` is what a registry calls it; without a name, what it was called stays.
        """
        told = msgspec.json.decode(self.raw)
        before = told.pop("annotations", None) or {}
        kept = {key: value for key, value in before.items() if key not in naming.OURS}
        origin = origin or (None if reference else self.origin)
        if named := kept | naming.annotations(reference, origin):
            told["annotations"] = named
        return entry(msgspec.json.encode(told))


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that `index.json` says."""

    entries: tuple[Entry, ...] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)
    """What it says besides."""


Change = Callable[[tuple[Entry, ...]], Sequence[Entry]]


def read(layout: Layout) -> Index:
    """The index as it is now, empty where there is none; raises `StoreFailure`."""
    return parse(layout, content(layout))


def content(layout: Layout) -> bytes:
    """The index as it is written; raises `StoreFailure`."""
    check(layout)
    try:
        return small_file(layout.index, LARGEST_DOCUMENT)
    except FileNotFoundError:
        return EMPTY_INDEX


def parse(layout: Layout, written: bytes) -> Index:
    """What is written; raises `StoreFailure`."""
    try:
        document = decoded(written, dict[str, msgspec.Raw])
        manifests = bytes(document.pop("manifests", NONE))
        listed = [] if manifests == b"null" else decoded(manifests, list[msgspec.Raw])
    except BadDocument as error:
        raise StoreFailure(str(layout.index), str(error)[:300], StoreFault.DAMAGED) from error
    if len(listed) > MOST_IMAGES:
        raise StoreFailure(str(layout.index), f"{len(listed)} entries", StoreFault.TOO_LARGE)
    entries = (entry(bytes(raw), layout.path.name) for raw in listed)
    return Index(_named_once(entries), document)


def change(layout: Layout, make: Change, token: Token | None = None) -> tuple[Entry, ...]:
    """Put what `make` makes of the entries in their place, alone among all processes."""
    with alone(layout, token):
        return changed_under_lock(layout, make)


@contextmanager
def alone(layout: Layout, token: Token | None = None) -> Iterator[None]:
    """Inside, the store is there, and nobody else changes it."""
    check(layout)
    enter(layout)
    with locked(layout.lock, token):
        prepare(layout)
        yield


def changed_under_lock(layout: Layout, make: Change) -> tuple[Entry, ...]:
    """As `change`, for who has the lock."""
    before = read(layout)
    after = tuple(make(before.entries))
    if after != before.entries:
        replace(layout, layout.index, written([each.raw for each in after], before.rest))
    return after


def written(entries: Iterable[bytes], rest: Mapping[str, Any] | None = None) -> bytes:
    """An index of these entries."""
    head = {"schemaVersion": 2, "mediaType": INDEX_TYPE} | dict(rest or {})
    return msgspec.json.encode(head | {"manifests": [msgspec.Raw(each) for each in entries]})


def entry(raw: bytes, folder: str = "") -> Entry:
    """What a line of the index says, whatever it is."""
    try:
        told = decoded(raw, _Line)
    except BadDocument:
        return Entry(raw, "")
    named = told.annotations or {}
    return Entry(
        raw,
        told.digest if is_digest(told.digest) else "",
        told.media_type[:100],
        told.size,
        naming.reference_in(named, folder),
        naming.origin_in(named),
    )


def made(media_type: str, digest: str, size: int) -> Entry:
    """A line for an image that has come in."""
    line = {"mediaType": media_type, "digest": digest, "size": size}
    return entry(msgspec.json.encode(line))


def _named_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """A name that other programs have given twice is the last one's."""
    listed = list(entries)
    holders = {each.reference: number for number, each in enumerate(listed) if each.reference}
    return tuple(
        each if each.reference is None or holders[each.reference] == number else _nameless(each)
        for number, each in enumerate(listed)
    )


def _nameless(each: Entry) -> Entry:
    return Entry(each.raw, each.digest, each.media_type, each.size)
