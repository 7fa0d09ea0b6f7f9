"""Look at what is to be built: the Dockerfile, and what of the folder would be sent."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from layerhold.archives.context import ignoring
from layerhold.archives.context.sending import read_dockerfile
from layerhold.archives.context.summary import summarize
from layerhold.domain.build_errors import ContextFault, ContextProblem
from layerhold.domain.builders import Builder
from layerhold.domain.building import BuildWish, ContextSummary
from layerhold.domain.dockerfile import Dockerfile, looks_like_one, read
from layerhold.domain.errors import Failure
from layerhold.jobs.context import Context

USUAL = re.compile(r"(?:Docker|Container)file(?:\..+)?|.+\.(?:Docker|Container)file", re.IGNORECASE)
"""What Dockerfiles are called."""
IGNORE_FILES = re.compile(r".*\.(?:docker|container)ignore", re.IGNORECASE)
OFFERED = 50
NOTHING = Dockerfile()
LARGEST = 1 << 20
"""Bytes of a file that may be a Dockerfile."""


@dataclass(frozen=True, slots=True)
class BuildPlace:
    """What somebody chose, sorted out."""

    folder: Path
    """The context."""
    dockerfile: Path


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """What is known before the folder has been gone through."""

    place: BuildPlace
    dockerfile: Dockerfile = NOTHING
    problem: Failure | None = None
    """Why there is no Dockerfile to build."""
    others: tuple[Path, ...] = ()
    """What else in the folder is called like a Dockerfile."""
    watched: tuple[Path, ...] = ()
    """What changes when something relevant does: the folder, the Dockerfile, the ignore file."""


def look(path: Path, dockerfile: str, context: Context) -> ContextSummary:
    """Deliver a `PlaceSeen`, and return what would be sent; raises `ContextProblem`.

    The path may be the folder, or a Dockerfile in it. Without a name, `Dockerfile` is meant, or
    what else is there to choose from.
    """
    try:
        folder = _folder(path)
        others = tuple(islice(_dockerfiles(folder), OFFERED))
        chosen = _chosen(path, folder, dockerfile, others)
        wish = BuildWish(folder, Builder.CLASSIC, chosen)
        context.deliver(_seen(wish, chosen, others))
        return summarize(wish, context.report, context.token)
    except OSError as error:
        raise ContextProblem(str(path), ContextFault.SHUT, error.strerror or "") from error


def is_build_place(path: Path) -> bool:
    """Whether it is a folder with a Dockerfile, or a file that is one and can be read."""
    try:
        if path.is_dir():
            return next(_dockerfiles(path), None) is not None
        return path.is_file() and _is_dockerfile(path)
    except OSError:
        return False


def _is_dockerfile(path: Path) -> bool:
    if USUAL.fullmatch(path.name):
        return True
    if path.stat().st_size > LARGEST:
        return False
    try:
        return looks_like_one(read(path.read_text("utf-8")))
    except UnicodeDecodeError:
        return False


def _folder(path: Path) -> Path:
    if path.is_dir():
        return path
    if path.is_file():
        return path.parent
    raise ContextProblem(str(path), ContextFault.NO_FOLDER)


def _chosen(path: Path, folder: Path, named: str, others: tuple[Path, ...]) -> Path:
    if path != folder:
        return path
    usual = folder / "Dockerfile"
    if named:
        return folder / named
    return others[0] if others and usual not in others else usual


def _dockerfiles(folder: Path) -> Iterator[Path]:
    """In the order of their names, the plain one first."""
    names = sorted(
        entry.name
        for entry in os.scandir(folder)
        if USUAL.fullmatch(entry.name)
        and not IGNORE_FILES.fullmatch(entry.name)
        and _is_file(entry)
    )
    names.sort(key=lambda name: name != "Dockerfile")
    return (folder / name for name in names)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        # A link in a circle.
        return False


def _seen(wish: BuildWish, chosen: Path, others: tuple[Path, ...]) -> PlaceSeen:
    place = BuildPlace(wish.context, chosen)
    ignore = ignoring.find(wish.context, chosen)
    watched = tuple(each for each in (wish.context, chosen, ignore) if each and each.exists())
    try:
        dockerfile = read(read_dockerfile(wish).decode(errors="replace"))
    except Failure as problem:
        return PlaceSeen(place, problem=problem, others=others, watched=watched)
    return PlaceSeen(place, dockerfile, None, others, watched)
