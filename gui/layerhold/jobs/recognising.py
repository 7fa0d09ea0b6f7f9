"""What can be done with some files; no disk may hold up the window meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layerhold.jobs.context import Context

LAYOUT = "oci-layout"
"""Stands in every folder that is an OCI layout."""


@dataclass(frozen=True, slots=True)
class Usable:
    """What some of the files are good for."""

    archives: tuple[Path, ...] = ()
    """Those that are worth being looked into."""
    build: Path | None = None
    """Where there is no archive: a folder with a Dockerfile, or a Dockerfile."""


def usable_among(paths: Sequence[Path], context: Context, *, builds: bool = False) -> Usable:
    """Sort out archives, and if nothing else is there, something that can be built."""
    # Most windows never see a file.
    from layerhold.archives.recognising import may_be_archive
    from layerhold.jobs.build_place import is_build_place

    archives, places = [], []
    for path in paths:
        context.token.check()
        if builds and not (path / LAYOUT).exists() and path.is_dir() and is_build_place(path):
            places.append(path)
        elif may_be_archive(path):
            archives.append(path)
        elif builds and is_build_place(path):
            places.append(path)
    return Usable(tuple(archives), places[0] if places and not archives else None)
