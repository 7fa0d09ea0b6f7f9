"""Which archives are in the folders that the user keeps them in."""

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from layerhold.archives.leftovers import sweep
from layerhold.jobs.context import Context

SUFFIXES = (
    *(".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"),
    *(".tar.xz", ".txz", ".tar.bz2", ".tbz2"),
)
LAYOUT = "oci-layout"
"""The file that makes a folder an OCI layout."""
CALM_SECONDS = 5.0
"""An archive that was written to more recently may still be growing."""


@dataclass(frozen=True, slots=True)
class ShelvedArchive:
    """A file or an OCI layout that may hold images; what is in it, only loading tells."""

    path: Path
    size: int | None
    """Bytes; `None` for a folder, which would take long to add up."""
    grows: bool = False
    """Whether somebody wrote to it a moment ago."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder as it is now."""

    folder: Path
    archives: tuple[ShelvedArchive, ...] = ()
    """By name."""
    problem: str = ""
    """Why nothing can be seen of it, in the system's words."""


def look(folders: Iterable[Path], context: Context) -> tuple[Shelf, ...]:
    """Read the names in each folder, and open none; what a killed save left is swept away."""
    return tuple(_shelf(folder, context) for folder in folders)


def _shelf(folder: Path, context: Context) -> Shelf:
    sweep(folder)
    try:
        with os.scandir(folder) as entries:
            found = sorted(_archives(entries, context), key=lambda it: it.path.name.casefold())
    except OSError as error:
        return Shelf(folder, problem=error.strerror or str(error))
    return Shelf(folder, tuple(found))


def _archives(entries: Iterable[os.DirEntry[str]], context: Context) -> Iterator[ShelvedArchive]:
    for entry in entries:
        context.token.check()
        try:
            if _is_archive(entry):
                yield _archive(entry)
        except OSError:
            # It went while we looked.
            continue


def _archive(entry: os.DirEntry[str]) -> ShelvedArchive:
    if entry.is_dir():
        return ShelvedArchive(Path(entry.path), None)
    found = entry.stat()
    grows = 0 <= time.time() - found.st_mtime < CALM_SECONDS
    return ShelvedArchive(Path(entry.path), found.st_size, grows)


def _is_archive(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.is_dir():
        return Path(entry.path, LAYOUT).is_file()
    return entry.is_file() and entry.name.lower().endswith(SUFFIXES)
