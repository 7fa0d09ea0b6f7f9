"""Load archives one after the other, only what was chosen of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from layerhold.archives.choosing import Choice, Receiver
from layerhold.archives.contents import Contents
from layerhold.archives.rewriting import rewrite
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.errors import (
    Cancelled,
    ChangedMeanwhile,
    EngineFailure,
    EngineGone,
    EngineUnreachable,
    Failure,
    OutcomeUnknown,
)
from layerhold.domain.outcomes import Loaded, LoadedImage
from layerhold.domain.progress import Progress
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.results import UNKNOWN, PartialResult
from layerhold.jobs.sending import Sending
from layerhold.jobs.tagging import holders

ENDS_ALL = (Cancelled, EngineGone, EngineUnreachable, OutcomeUnknown)
"""After these there is no use in sending the next archive."""
NOTHING = Loaded()
_KNOWN_BETTER = {
    ArchiveFault.NOT_AN_ARCHIVE: ArchiveFault.UNUSABLE_IMAGE,
    ArchiveFault.TRUNCATED: ArchiveFault.CORRUPT,
}
"""What engines say of archives that are whole, when it is an image or a layer that they mean."""


@dataclass(frozen=True, slots=True)
class ArchiveWish:
    """What to load from one archive."""

    contents: Contents
    choice: Choice
    holders: Mapping[str, str]
    """For each tag, as the engine calls it, the ID of the image that is known to have it, or
    nothing."""
    expected: int
    """Bytes that will be sent, as far as they are known."""
    nameless: frozenset[str] = frozenset()
    """IDs of the images that come without a tag, and that the engine did not have."""

    @property
    def path(self) -> Path:
        return self.contents.place.path


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """What became of one archive."""

    path: Path
    loaded: Loaded = NOTHING
    moved: Mapping[str, str] | None = None
    """By tag, the ID of the image that had it before."""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class LoadResult(PartialResult):
    """What became of all of them."""

    archives: tuple[ArchiveResult, ...]
    left: tuple[Path, ...] = ()
    """Those that were not begun, because the user or the engine stopped."""

    @property
    def loaded(self) -> Loaded:
        """Everything that came in."""
        images = (image for archive in self.archives for image in archive.loaded.images)
        return Loaded(tuple(images))

    @property
    def failed(self) -> tuple[ArchiveResult, ...]:
        return tuple(archive for archive in self.archives if archive.failure)

    @property
    def incomplete(self) -> bool:
        return bool(self.left or self.failed)

    @property
    def nothing_done(self) -> bool:
        unknown = any(isinstance(each.failure, UNKNOWN) for each in self.failed)
        return not self.loaded.images and not unknown


def load(
    engine: Engine, wishes: Sequence[ArchiveWish], receiver: Receiver, context: Context
) -> LoadResult:
    """Load what was chosen; a failure ends its archive, and only a lost engine the rest.

    With a single archive, its failure is raised if nothing has come of it.
    """
    sending = Sending(context, sum(wish.expected for wish in wishes))
    results: list[ArchiveResult] = []
    for wish in wishes:
        result = _attempt(engine, wish, receiver, sending, context)
        if result.failure and len(wishes) == 1 and not result.loaded.images:
            raise result.failure
        results.append(result)
        _note(result, context)
        if isinstance(result.failure, ENDS_ALL):
            break
    return LoadResult(tuple(results), tuple(wish.path for wish in wishes[len(results) :]))


def _attempt(
    engine: Engine, wish: ArchiveWish, receiver: Receiver, sending: Sending, context: Context
) -> ArchiveResult:
    try:
        return _load(engine, wish, receiver, sending, context)
    except Failure as failure:
        if context.token.cancelled:
            return ArchiveResult(wish.path, failure=Cancelled())
        return ArchiveResult(wish.path, failure=_with_path(failure, wish.path))


def _load(
    engine: Engine, wish: ArchiveWish, receiver: Receiver, sending: Sending, context: Context
) -> ArchiveResult:
    context.report(Progress(subject=wish.path.name))
    before = _checked_tags(engine, wish, context)
    tar = rewrite(wish.contents, wish.choice, receiver, context.token)
    sending.begin(wish.path.name, wish.expected, tar.size)
    try:
        loaded = engine.load(sending.counted(tar.chunks), sending.tell_engine, context.token)
    except ENDS_ALL:
        raise
    except Failure as failure:
        kept = _kept(engine, wish, before, context)
        return _result(wish, before, kept, _with_path(failure, wish.path))
    return _result(wish, before, loaded)


def _checked_tags(engine: Engine, wish: ArchiveWish, context: Context) -> dict[str, str]:
    """Who has the tags; none may be taken from an image that the user did not know to have it."""
    ids = {image.id for image in wish.contents.images}
    found = holders(engine, tuple(wish.holders), context.token)
    for tag, holder in found.items():
        if holder not in {wish.holders[tag], *ids}:
            raise ChangedMeanwhile(tag)
    return found


def _kept(engine: Engine, wish: ArchiveWish, before: Mapping[str, str], context: Context) -> Loaded:
    """What has come of an archive that the engine gave up: it stops at the first bad image."""
    try:
        images = engine.list_images(context.token)
    except EngineFailure:
        return NOTHING
    named = (
        LoadedImage(image.id, tag)
        for image in images
        for tag in image.tags
        if before.get(tag, image.id) != image.id
    )
    bare = (LoadedImage(image.id) for image in images if image.id in wish.nameless)
    return Loaded((*named, *bare))


def _result(
    wish: ArchiveWish, before: Mapping[str, str], loaded: Loaded, failure: Failure | None = None
) -> ArchiveResult:
    moved = {
        image.reference: holder
        for image in loaded.images
        if (holder := before.get(image.reference, "")) not in {"", image.id}
    }
    return ArchiveResult(wish.path, loaded, moved, failure)


def _with_path(failure: Failure, path: Path) -> Failure:
    """An engine does not know from which file the bytes come that it refuses."""
    if isinstance(failure, ArchiveFailure) and not failure.path:
        return replace(
            failure, path=str(path), fault=_KNOWN_BETTER.get(failure.fault, failure.fault)
        )
    return failure


def _note(result: ArchiveResult, context: Context) -> None:
    told = [image.reference or image.id for image in result.loaded.images]
    told += [str(result.failure)] if result.failure else []
    context.note(f"{result.path}: {', '.join(told)}")
