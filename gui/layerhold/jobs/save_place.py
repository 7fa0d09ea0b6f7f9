"""What there is where files are to be saved."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.archive_errors import FolderGone
from layerhold.domain.errors import FileNotWritten
from layerhold.jobs.context import Context


@dataclass(frozen=True, slots=True)
class SavePlace:
    """Folders that can be written to."""

    free: int
    """Bytes that are free on the disk."""
    taken: frozenset[Path]
    """The files that are there already."""


def look_at(paths: Iterable[Path], _context: Context) -> SavePlace:
    """Look before anything is written; raises `FileNotWritten` where nothing can be."""
    wanted = tuple(paths)
    folder = wanted[0].parent
    try:
        free = shutil.disk_usage(folder).free
        taken = frozenset(path for path in wanted if path.exists())
    except FileNotFoundError as error:
        raise FolderGone(str(folder)) from error
    except OSError as error:
        raise FileNotWritten(str(wanted[0]), error.strerror or str(error)) from error
    for path in (folder, *taken):
        _refuse(path, folder)
    return SavePlace(free, taken)


def _refuse(path: Path, folder: Path) -> None:
    if path.is_dir() is not (path == folder):
        raise FileNotWritten(str(path), "Is a directory" if path.is_dir() else "Not a directory")
    if not os.access(path, os.W_OK):
        raise FileNotWritten(str(path), "Permission denied")
