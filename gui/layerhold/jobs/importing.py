"""Import a root file system as an image, decompressed on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from layerhold.archives import file_systems
from layerhold.archives.file_systems import FileSystem
from layerhold.domain.archive_errors import ArchiveFailure
from layerhold.domain.committing import ImportWish
from layerhold.domain.errors import ChangedMeanwhile
from layerhold.domain.pace import Pace
from layerhold.domain.progress import Phase, Progress
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.sending import gathered
from layerhold.jobs.tagging import holders


@dataclass(frozen=True, slots=True)
class Imported:
    """The image that was made."""

    path: Path
    image_id: str
    reference: str = ""
    displaced: str = ""
    """The ID of the image that had the tag before."""


def look_at(path: Path, context: Context) -> FileSystem:
    """What there is to import; raises `ArchiveFailure`."""
    return file_systems.look_at(path, context.token, context.report)


def import_file_system(
    engine: Engine, system: FileSystem, wish: ImportWish, holder: str, context: Context
) -> Imported:
    """`holder` is the ID of the image that is known to have the tag, or empty.

    Raises `ChangedMeanwhile` if another image has it by now.
    """
    path = system.place.path
    references = (wish.reference,) if wish.reference else ()
    for reference, now in holders(engine, references, context.token).items():
        if now not in {holder, ""}:
            raise ChangedMeanwhile(reference)
    course = _Course(system, context)
    try:
        image_id = engine.import_file_system(
            course.chunks(), wish, course.tell_engine, context.token
        )
    except ArchiveFailure as failure:
        raise ArchiveFailure(str(path), failure.fault, failure.detail) from failure
    return Imported(path, image_id, wish.reference, "" if holder == image_id else holder)


class _Course:
    """How much of the file has been read, which is known even where it is compressed."""

    def __init__(self, system: FileSystem, context: Context) -> None:
        self._system, self._context = system, context
        self._pace = Pace()

    def chunks(self) -> Iterator[bytes]:
        yield from gathered(file_systems.contents(self._system, self._context.token, self._tell))

    def tell_engine(self, progress: Progress) -> None:
        """What the engine says meanwhile, which is that it has everything."""
        name = self._system.place.path.name
        self._context.token.check()
        self._context.show(Progress(subject=name, phase=progress.phase))

    def _tell(self, done: int) -> None:
        total, name = self._system.size, self._system.place.path.name
        rate = self._pace.per_second(monotonic(), done)
        left = (total - done) / rate if rate else None
        self._context.report(Progress(done, total, "bytes", name, Phase.UPLOADING, rate, left))
