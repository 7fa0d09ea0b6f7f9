"""Root file systems in tar archives: looked over before they are imported, and decompressed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from layerhold.archives import files
from layerhold.archives.compression import HEAD, told
from layerhold.archives.contents import Place
from layerhold.archives.docker_form import MANIFEST
from layerhold.archives.oci_walk import INDEX
from layerhold.archives.opened import Opened, look_over
from layerhold.archives.streams import Reported, blocks, exactly, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.progress import Report


@dataclass(frozen=True, slots=True)
class FileSystem:
    """A tar archive of files that an engine could make an image of."""

    place: Place
    is_certain: bool
    """Whether it has folders of an operating system; a program alone may be enough, too."""
    holds_images: bool = False
    """Whether it looks like an archive of images, which are loaded rather than imported."""

    @property
    def size(self) -> int:
        """Bytes of the file as it is stored."""
        return self.place.stamp.size


def look_at(path: Path, token: Token, report: Report) -> FileSystem:
    """Raises `ArchiveFailure` for what is no archive of files at all."""
    try:
        opened = look_over(path, token, report)
    except ArchiveFailure as failure:
        if failure.fault is not ArchiveFault.FILE_SYSTEM:
            raise
        return FileSystem(_place(path), is_certain=True)
    if opened.place.is_folder:
        raise ArchiveFailure(str(path), ArchiveFault.FOLDER)
    if opened.is_empty:
        raise ArchiveFailure(str(path), ArchiveFault.EMPTY)
    return FileSystem(opened.place, opened.system_folders > 0, _holds_images(opened))


def contents(system: FileSystem, token: Token, tell: Callable[[int], None]) -> Iterator[bytes]:
    """The tar, decompressed; `tell` hears how many bytes of the file have been read."""
    with files.opened(system.place.path) as file:
        if files.stamp(system.place.path) != system.place.stamp:
            raise ArchiveFailure(str(system.place.path), ArchiveFault.CHANGED)
        yield from blocks(plain(Reported(file, tell), system.place.compression, token), token)


def _place(path: Path) -> Place:
    stamp = files.stamp(path)
    with files.opened(path) as file:
        return Place(path, stamp, told(exactly(file, HEAD)))


def _holds_images(opened: Opened) -> bool:
    return bool(opened.find(MANIFEST) or opened.find(INDEX))
