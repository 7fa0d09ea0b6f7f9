"""How much a builder would be sent, told before it is."""

import os
import stat
from collections.abc import Callable
from heapq import heappush, heappushpop

from layerhold.archives.context import ignoring
from layerhold.archives.context.walking import Found, Walk
from layerhold.domain.build_errors import ContextFault, ContextProblem
from layerhold.domain.building import BuildWish, ContextSummary, Entry
from layerhold.domain.cancel import Token
from layerhold.domain.progress import Progress, Report

LARGEST = 10
TOLD = 100
"""So many sockets and unreadable entries are named; one is enough to stop a build."""
BETWEEN_REPORTS = 500
"""Entries."""


def summarize(wish: BuildWish, report: Report, token: Token) -> ContextSummary:
    """Go through the context and send nothing; reports the number of entries so far.

    Raises `ContextProblem` where there is no folder or its ignore file is wrong, and `Cancelled`.
    """
    walk = walk_of(wish, token.check)
    count = _Count()
    for number, entry in enumerate(walk.entries()):
        count.add(entry)
        if number % BETWEEN_REPORTS == 0:
            report(Progress(number, subject=str(wish.context)))
    return ContextSummary(
        count.files,
        count.bytes,
        tuple(Entry(path, size) for size, path in sorted(count.largest, reverse=True)),
        walk.aside.left_out,
        tuple(walk.aside.sockets[:TOLD]),
        tuple(count.unreadable),
        walk.ignoring.file,
    )


def refuse_unreadable(wish: BuildWish, token: Token) -> None:
    """Raise `ContextProblem` for the first thing that cannot be read.

    BuildKit would make an empty file of it, and say nothing.
    """
    for entry in walk_of(wish, token.check).entries():
        if isinstance(entry, ContextProblem):
            raise entry
        if stat.S_ISREG(entry.status.st_mode) and not _can_read(entry.place):
            raise ContextProblem(entry.path, ContextFault.UNREADABLE_FILE)


def walk_of(
    wish: BuildWish, check: Callable[[], None], always: frozenset[str] = frozenset()
) -> Walk:
    """The walk through a wish's context; raises `ContextProblem`."""
    try:
        context = wish.context.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise ContextProblem(str(wish.context), ContextFault.NO_FOLDER, str(error)) from error
    if not context.is_dir():
        raise ContextProblem(str(wish.context), ContextFault.NO_FOLDER)
    rules = ignoring.read(ignoring.find(context, wish.dockerfile_path))
    return Walk(context, rules, always, check)


class _Count:
    """The sums of a walk, in memory that does not grow with it."""

    def __init__(self) -> None:
        self.files = self.bytes = 0
        self.largest: list[tuple[int, str]] = []
        self.unreadable: list[str] = []

    def add(self, entry: Found | ContextProblem) -> None:
        if isinstance(entry, ContextProblem):
            self._missed(entry.path)
        elif not entry.is_folder:
            self._file(entry)

    def _file(self, entry: Found) -> None:
        self.files += 1
        if not stat.S_ISREG(entry.status.st_mode):
            return
        size = entry.status.st_size
        self.bytes += size
        put = heappush if len(self.largest) < LARGEST else heappushpop
        put(self.largest, (size, entry.path))
        if not _can_read(entry.place):
            self._missed(entry.path)

    def _missed(self, path: str) -> None:
        if len(self.unreadable) < TOLD:
            self.unreadable.append(path)


def _can_read(place: str) -> bool:
    by_effective_user = os.access in os.supports_effective_ids
    return os.access(place, os.R_OK, effective_ids=by_effective_user)
