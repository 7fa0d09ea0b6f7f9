"""Everything in a folder that a builder is to be sent, in the order of its names."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from layerhold.archives.context.ignoring import Ignoring
from layerhold.domain.build_errors import ContextFault, ContextProblem


@dataclass(frozen=True, slots=True)
class Found:
    """A file, a folder or a link of the context."""

    path: str
    """Within the context, with slashes."""
    place: str
    """On this machine."""
    status: os.stat_result
    """Of the link itself where it is one."""

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.status.st_mode)


@dataclass(slots=True)
class Aside:
    """What a walk has met and not given out."""

    left_out: int = 0
    sockets: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Listed:
    """One name of a folder."""

    path: str
    place: str
    is_folder: bool
    parent: tuple[bool, ...]
    """Which patterns matched a folder above."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How to go through a folder. Links are never followed, so that they cannot lead in circles."""

    context: Path
    ignoring: Ignoring
    always: frozenset[str] = frozenset()
    """Paths that are sent whatever the ignore file says."""
    check: Callable[[], None] = lambda: None
    """Called before each entry; what it raises ends the walk."""
    aside: Aside = field(default_factory=Aside)

    def entries(self) -> Iterator[Found | ContextProblem]:
        """What is there, and in place of what cannot be looked into, why."""
        # Not by recursion: folders may be nested deeper than Python goes.
        open_folders = [_listing("", str(self.context), ())]
        while open_folders:
            listed = next(open_folders[-1], None)
            if listed is None:
                open_folders.pop()
            elif isinstance(listed, ContextProblem):
                yield listed
            else:
                left_out, matched = self._judge(listed)
                if not left_out and (found := self._found(listed)):
                    yield found
                if listed.is_folder and (not left_out or self._keeps_something_in(listed.path)):
                    open_folders.append(_listing(listed.path, listed.place, matched))

    def _judge(self, listed: _Listed) -> tuple[bool, tuple[bool, ...]]:
        self.check()
        left_out, matched = self.ignoring.match(listed.path, listed.parent)
        left_out = left_out and listed.path not in self.always
        self.aside.left_out += left_out
        return left_out, matched

    def _keeps_something_in(self, folder: str) -> bool:
        always = any(path.startswith(f"{folder}/") for path in self.always)
        return always or not self.ignoring.leaves_out_all(folder)

    def _found(self, listed: _Listed) -> Found | ContextProblem | None:
        try:
            status = os.lstat(listed.place)
        except FileNotFoundError:
            return None
        except OSError as error:
            return _problem(listed.path, error)
        if stat.S_ISSOCK(status.st_mode):
            self.aside.sockets.append(listed.path)
            return None
        return Found(listed.path, listed.place, status)


def _listing(path: str, place: str, parent: tuple[bool, ...]) -> Iterator[_Listed | ContextProblem]:
    """What is in a folder, by name."""
    try:
        with os.scandir(place) as entries:
            # Names only: an entry keeps what it once knew, which counts in a folder of 100,000.
            names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except FileNotFoundError:
        return
    except OSError as error:
        yield _problem(path, error) if path else _shut(place, error)
        return
    for name, is_folder in names:
        within = f"{path}/{name}" if path else name
        yield _Listed(within, f"{place}/{name}", is_folder, parent)


def _problem(path: str, error: OSError) -> ContextProblem:
    return ContextProblem(path, ContextFault.UNREADABLE_FOLDER, error.strerror or "")


def _shut(place: str, error: OSError) -> ContextProblem:
    return ContextProblem(place, ContextFault.SHUT, error.strerror or "")
