"""Save images to archives that appear when they are complete and have been read back."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from layerhold.archives.compression import Compression
from layerhold.archives.contents import Contents
from layerhold.archives.leftovers import sweep
from layerhold.archives.verifying import verify
from layerhold.archives.writing import PartFile, part_file
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault, FileInTheWay
from layerhold.domain.errors import InvalidReference
from layerhold.domain.pace import Pace
from layerhold.domain.progress import Phase, Progress
from layerhold.domain.references import parse
from layerhold.engine.api import Engine
from layerhold.jobs.context import REPORT_SECONDS, Context
from layerhold.planning.saving import FileWish, Item, SaveWish

WRITING = 0.75
"""The share of the work that is over when a file is written, and only has to be read back."""


@dataclass(frozen=True, slots=True)
class SavedFile:
    """An archive that is complete, and has been found sound."""

    path: Path
    size: int
    """Bytes."""
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """Every archive that was wished for."""

    files: tuple[SavedFile, ...]


def save(engine: Engine, wish: SaveWish, context: Context) -> Saved:
    """Write one file after the other; each is delivered as a `SavedFile` once it is there.

    The first that fails ends it, leaves nothing of itself, and takes none of the others along.
    Raises `ArchiveFailure` if what the engine gave is not what was asked for.
    """
    saved = []
    for folder in {file.path.parent for file in wish.files}:
        sweep(folder)
    for number, file in enumerate(wish.files):
        course = _Course(context, file, number, len(wish.files))
        saved.append(_save(engine, wish, file, course, context))
        context.deliver(saved[-1])
    return Saved(tuple(saved))


def _save(
    engine: Engine, wish: SaveWish, file: FileWish, course: "_Course", context: Context
) -> SavedFile:
    _refuse_to_replace(file)
    references = [item.reference for item in file.items]
    with part_file(file.path, _needed(engine, wish, file)) as part:
        with closing(engine.save(references, context.token, wish.platform)) as chunks:
            part.write(course.writing(chunks), wish.compression, context.token)
        _verify(part, file, course, context)
        _refuse_to_replace(file)
        part.keep()
    return SavedFile(file.path, part.size, part.digest, file.items)


def _needed(engine: Engine, wish: SaveWish, file: FileWish) -> int | None:
    """Bytes that the file will have, where that is known well enough to refuse for lack of room."""
    is_known = wish.compression is Compression.NONE and not engine.about.caps.keeps_content
    return file.size if is_known else None


def _refuse_to_replace(file: FileWish) -> None:
    if file.path.exists() and not file.replaces:
        raise FileInTheWay(str(file.path))


def _verify(part: PartFile, file: FileWish, course: "_Course", context: Context) -> None:
    """Whether the archive is sound and has every tag; says the name that the file was to get."""
    try:
        contents = verify(part.path, context.token, course.verifying)
    except ArchiveFailure as failure:
        if failure.fault is ArchiveFault.NOT_FOUND:
            raise part.lost from failure
        raise ArchiveFailure(str(file.path), failure.fault, failure.detail) from failure
    if missing := _missing(contents, file.items):
        detail = ", ".join(item.reference for item in missing)
        raise ArchiveFailure(str(file.path), ArchiveFault.MISSING_PART, detail)


def _missing(contents: Contents, items: Iterable[Item]) -> list[Item]:
    tags = {_full(tag) for image in contents.images for tag in image.tags}
    ids = {image.id for image in contents.images}
    manifests = [image.manifest for image in contents.images if image.manifest]
    ids |= {digest for each in manifests for digest in (each.digest, each.index)}
    # A name with a digest, which Podman lists as a tag, is none that an archive keeps.
    return [
        item
        for item in items
        if (_full(item.tag) not in tags if _is_kept(item.tag) else item.image_id not in ids)
    ]


def _is_kept(tag: str) -> bool:
    return bool(tag) and "@" not in tag


def _full(tag: str) -> str:
    """Docker writes the familiar form of a reference, Podman the full one."""
    try:
        return parse(tag).full
    except InvalidReference:
        return tag


class _Course:
    """How far one file is, and all of them."""

    def __init__(self, context: Context, file: FileWish, number: int, files: int) -> None:
        self._context, self._file = context, file
        self._before, self._weight = number / files, 1 / files
        self._share = self._before
        self._pace = Pace()

    def writing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks, reported as they pass."""
        subject = self._file.path.name
        self._context.report(Progress(subject=subject, phase=Phase.PACKING))
        done, told = 0, 0.0
        for chunk in chunks:
            done += len(chunk)
            yield chunk
            if (now := monotonic()) - told >= REPORT_SECONDS:
                told = now
                self._context.report(self._written(done, now))

    def verifying(self, snapshot: Progress) -> None:
        """Pass on how far the reading back is."""
        part = snapshot.done / snapshot.total if snapshot.total else 0.0
        share = self._reach(WRITING + (1 - WRITING) * part)
        subject = self._file.path.name
        self._context.report(replace(snapshot, phase=Phase.VERIFYING, subject=subject, share=share))

    def _written(self, done: int, now: float) -> Progress:
        """How large it will be is known about right only, so that no whole is told."""
        size, rate = self._file.size, self._pace.per_second(now, done)
        left = max(0.0, (size - done) / rate) if size and rate else None
        share = self._reach(WRITING * min(1.0, done / size)) if size else None
        return Progress(
            done, None, "bytes", self._file.path.name, Phase.WRITING, rate, left, (), share
        )

    def _reach(self, share: float) -> float:
        self._share = max(self._share, self._before + self._weight * share)
        return self._share
