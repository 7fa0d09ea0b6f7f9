"""What we know about the engine right now, and the signals that say it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import compress
from operator import is_not
from time import time

from PySide6.QtCore import QObject, Signal

from layerhold.domain.containers import Container
from layerhold.domain.errors import Failure
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy
from layerhold.domain.usage import DiskUsage
from layerhold.engine.about import About, Caps, Endpoint
from layerhold.jobs.snapshot import NOTHING, Snapshot
from layerhold.planning.sharing import Figures
from layerhold.planning.world import World


class Phase(Enum):
    """How we stand with the engine."""

    SEARCHING = "searching"
    CONNECTING = "connecting"
    LIVE = "live"
    SILENT = "silent"
    """It is there and does not answer; what we know is kept, and may be out of date."""
    LOST = "lost"
    """It went away; what we know is kept, and may be out of date."""
    NONE = "none"
    """No engine answered."""


@dataclass(frozen=True, slots=True)
class Connection:
    """The engine we are connected to, were connected to, or looked for."""

    phase: Phase = Phase.SEARCHING
    endpoint: Endpoint | None = None
    about: About | None = None
    problem: Failure | None = None
    tried: tuple[tuple[Endpoint, Failure], ...] = ()
    """Every place that was looked at in vain."""
    doubts: tuple[Failure, ...] = ()
    """What Docker's configuration says and cannot be followed."""
    stands_in: bool = False
    """The embedded store is shown because no engine answered, and nobody asked for it."""
    as_of: int = 0
    """When the engine went away or fell silent, in Unix seconds, while that lasts; else 0."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How one snapshot's images differ from another's, by ID."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


class Library(QObject):
    """The one copy of what we know; lives on the GUI thread, and is changed only by its methods."""

    images_changed = Signal(object)
    """A `Difference`; never empty."""
    listed = Signal()
    """The engine's first list is in, which nothing else would tell if it is empty."""
    looked = Signal()
    """The engine was asked what it holds, and nothing more is to be signalled of the answer."""
    containers_changed = Signal()
    figures_changed = Signal(object)
    """The IDs (frozenset) whose anatomy, shared or unique bytes are new."""
    usage_changed = Signal()
    connection_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.snapshot = NOTHING
        self.connection = Connection()
        self.usage = DiskUsage()
        self.anatomies: Mapping[str, Anatomy] = {}
        """Replaced and never changed, because plans read it on threads."""
        self.figures: Mapping[str, Figures] = {}
        self._world: World | None = None

    @property
    def images(self) -> Mapping[str, Image]:
        return self.snapshot.images

    @property
    def containers(self) -> tuple[Container, ...]:
        return self.snapshot.containers

    @property
    def world(self) -> World:
        """What plans are made from; made anew when something changed and somebody asks."""
        if self._world is None:
            about = self.connection.about
            caps = about.caps if about else Caps()
            self._world = World(self.images, self.containers, self.anatomies, caps)
        return self._world

    def users(self, image_id: str) -> tuple[Container, ...]:
        """The containers that were made from the image, or mount it."""
        return self.world.users.get(image_id, ())

    def show(self, snapshot: Snapshot) -> None:
        """Take over what the engine holds now; signals only what differs."""
        before, self.snapshot, self._world = self.snapshot, snapshot, None
        if snapshot.containers is not before.containers:
            self.containers_changed.emit()
        if difference := differences(before.images, snapshot.images):
            if removed := difference.removed:
                kept = self.anatomies.items()
                self._keep({image_id: it for image_id, it in kept if image_id not in removed})
            self.images_changed.emit(difference)
        if before is NOTHING:
            self.listed.emit()
        self.looked.emit()

    def add_figures(self, anatomies: Mapping[str, Anatomy], figures: Mapping[str, Figures]) -> None:
        """Take over newly read anatomies, and the shared and unique bytes that follow from all."""
        self._keep({**self.anatomies, **anatomies})
        before, self.figures = self.figures, figures
        changed = {
            image_id
            for image_id, new in figures.items()
            if (old := before.get(image_id)) is not new and old != new
        }
        if changed or anatomies:
            self.figures_changed.emit(frozenset(changed.union(anatomies)))

    def show_usage(self, usage: DiskUsage) -> None:
        """Take over how much disk the engine uses."""
        if usage != self.usage:
            self.usage = usage
            self.usage_changed.emit()

    def show_connection(self, connection: Connection) -> None:
        """Take over how we stand with the engine."""
        if connection != self.connection:
            self.connection, self._world = connection, None
            self.connection_changed.emit()

    def mark_lost(self, problem: Failure) -> None:
        """Keep what we know, marked as possibly out of date since it was first lost."""
        self._mark_stale(Phase.LOST, problem)

    def mark_silent(self, problem: Failure) -> None:
        """Keep what we know, marked as possibly out of date, until `mark_live`."""
        self._mark_stale(Phase.SILENT, problem)

    def mark_live(self) -> None:
        """The engine answers again."""
        live = replace(self.connection, phase=Phase.LIVE, problem=None, as_of=0)
        self.show_connection(live)

    def clear(self) -> None:
        """Forget one engine before showing another."""
        self._keep({})
        self.figures = {}
        self.show(NOTHING)
        self.show_usage(DiskUsage())

    def _mark_stale(self, phase: Phase, problem: Failure) -> None:
        stale = replace(self.connection, phase=phase, problem=problem)
        self.show_connection(replace(stale, as_of=stale.as_of or int(time())))

    def _keep(self, anatomies: Mapping[str, Anatomy]) -> None:
        self.anatomies = anatomies
        if self._world:
            self._world = self._world.with_anatomies(anatomies)


def differences(before: Mapping[str, Image], after: Mapping[str, Image]) -> Difference:
    """Compare by identity, which `jobs.snapshot.settle` keeps for what has not changed."""
    images = after.values()
    changed = compress(after, map(is_not, map(before.get, after, images), images))
    return Difference(
        added=frozenset(after.keys() - before.keys()),
        removed=frozenset(before.keys() - after.keys()),
        changed=frozenset(changed),
    )
