"""What nothing leads to any more is deleted; called by who changes the index, under the lock."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from layerhold.domain.archive_errors import ImageDamaged
from layerhold.domain.cancel import Token
from layerhold.domain.digests import is_digest
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.catalogue import Catalogue
from layerhold.engine.store.documents import Manifest
from layerhold.engine.store.index import Entry
from layerhold.engine.store.layout import Layout, replace, told
from layerhold.engine.store.leases import held
from layerhold.engine.store.leftovers import sweep_leftovers

GRACE_SECONDS = 24 * 3600.0
"""How long a blob is left alone that nobody has accounted for: another program may write it."""
ANY_DIGEST = re.compile(rb"sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}")
PAUSE_SECONDS = 3600.0
"""Between two looks at all blobs, which take a second where there are many."""


def reach(catalogue: Catalogue, entries: Iterable[Entry]) -> set[str]:
    """The digests of everything that these lines of the index lead to."""
    waiting = [entry.digest for entry in entries if entry.digest]
    documents: set[str] = set()
    found: set[str] = set()
    with Blobs(catalogue.layout) as blobs:
        while waiting:
            digest = waiting.pop()
            if digest not in documents:
                documents.add(digest)
                inner, others = _parts(catalogue, blobs, digest)
                waiting += inner
                found |= others
    return found | documents


def sweep(catalogue: Catalogue, entries: Iterable[Entry], gone: set[str]) -> int:
    """Delete what was `gone` and nothing leads to any more; bytes that came free.

    Now and then, also what has long been unaccounted for.
    """
    layout = catalogue.layout
    marked = reach(catalogue, entries) | held(layout)
    freed = sum(_delete(layout.blob(digest)) for digest in sorted(gone - marked))
    if _is_due(layout):
        freed += sum(_delete(found.path) for found in _unaccounted(layout, marked))
    sweep_leftovers(layout)
    return freed


def _is_due(layout: Layout) -> bool:
    """Whether the last look at all blobs was long ago; it is now."""
    mark = layout.own / "swept"
    with told(mark):
        try:
            is_due = time() - mark.lstat().st_mtime > PAUSE_SECONDS
        except FileNotFoundError:
            is_due = True
        if is_due:
            replace(layout, mark, b"")
    return is_due


def _unaccounted(layout: Layout, marked: set[str]) -> Iterator["_Found"]:
    now = time()
    for found in _blobs(layout):
        if found.digest not in marked and now - found.changed > GRACE_SECONDS:
            yield found


def _delete(path: Path) -> int:
    """Bytes that came free; only a file is deleted."""
    with told(path):
        try:
            status = path.lstat()
            path.unlink()
        except FileNotFoundError:
            return 0
    return status.st_size


def disk_usage(layout: Layout, token: Token | None = None) -> int:
    """Bytes of all blobs, and of what is on its way to be one."""
    usage = 0
    for found in _blobs(layout):
        usage += found.size
        if token:
            token.check()
    return usage + _arriving(layout)


def _arriving(layout: Layout) -> int:
    """Bytes on their way; what has got its name meanwhile was counted, or will be the next time."""
    usage = 0
    with suppress(FileNotFoundError), told(layout.partial), os.scandir(layout.partial) as found:
        for each in found:
            with suppress(FileNotFoundError):
                usage += each.stat(follow_symlinks=False).st_size
    return usage


@dataclass(frozen=True, slots=True)
class _Found:
    """A file among the blobs."""

    path: Path
    digest: str
    size: int
    changed: float


def _parts(catalogue: Catalogue, blobs: Blobs, digest: str) -> tuple[set[str], set[str]]:
    """The documents and the other blobs that a document names.

    What is missing or damaged leads nowhere. What merely cannot be read now ends the sweep.
    """
    try:
        return _told(blobs, catalogue.manifest(blobs, digest))
    except ImageDamaged:
        return set(), set()


def _told(blobs: Blobs, manifest: Manifest) -> tuple[set[str], set[str]]:
    told = manifest.contents
    inner = {part.digest for part in told.manifests or ()}
    others = {part.digest for part in told.blobs}
    if not manifest.is_image and not manifest.is_index:
        # What others keep here may name its parts in ways that we do not know.
        others |= {found.decode() for found in ANY_DIGEST.findall(blobs.document(manifest.digest))}
    return inner, others


def _blobs(layout: Layout) -> Iterator[_Found]:
    with suppress(FileNotFoundError), told(layout.blobs):
        for folder in layout.blobs.iterdir():
            yield from _of_algorithm(folder)


def _of_algorithm(folder: Path) -> Iterator[_Found]:
    """Nothing that is not named by a digest is looked at, and no link is followed."""
    if folder.is_symlink() or not folder.is_dir():
        return
    with told(folder), os.scandir(folder) as found:
        for each in found:
            digest = f"{folder.name}:{each.name}"
            if is_digest(digest) and each.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):
                    status = each.stat(follow_symlinks=False)
                    yield _Found(Path(each.path), digest, status.st_size, status.st_mtime)
