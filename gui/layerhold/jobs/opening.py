"""Look into archives: what is in each, or why nothing can be had from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layerhold.archives.reading import read
from layerhold.domain.archive_errors import ArchiveFailure
from layerhold.domain.progress import Progress
from layerhold.jobs.context import Context
from layerhold.planning.load_survey import Surveyed, survey


@dataclass(frozen=True, slots=True)
class LookedInto:
    """One of the files or folders that were to be looked into."""

    at: int
    """Which one."""
    found: Surveyed | ArchiveFailure


def look_into(paths: Sequence[Path], context: Context) -> None:
    """Deliver a `LookedInto` for each path as soon as it is known."""
    for at, path in enumerate(paths):
        context.deliver(LookedInto(at, _found(path, context)))


def _found(path: Path, context: Context) -> Surveyed | ArchiveFailure:
    def tell(progress: Progress) -> None:
        context.report(Progress(progress.done, progress.total, progress.unit, path.name))

    tell(Progress())
    try:
        return survey(read(path, context.token, tell), context.token)
    except ArchiveFailure as failure:
        return failure
