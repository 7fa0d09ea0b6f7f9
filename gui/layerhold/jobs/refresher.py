"""List what an engine holds, whenever it may have changed."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from layerhold.engine.api import Engine
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.runner import JobRunner, Work
from layerhold.jobs.snapshot import NOTHING, Snapshot, take


class Refresher(QObject):
    """Lists one at a time, and once more afterwards if something changed meanwhile."""

    taken = Signal(object)
    """A `Snapshot`; what has not changed is the very object of the one before."""
    lost = Signal(object)
    """What kept the engine from answering."""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: Engine | None = None
        self._before = NOTHING
        self.listing = Chore(runner, "List images", self._prepare, self)
        self.listing.succeeded.connect(self._show)
        self.listing.failed.connect(self.lost)

    def attend(self, engine: Engine | None, before: Snapshot = NOTHING) -> None:
        """List this engine from now on; nothing of another arrives any more.

        `before` is what is shown now, so that what has not changed keeps its identity.
        """
        self.listing.drop()
        self._engine, self._before = engine, before
        self.refresh()

    def refresh(self) -> None:
        """List soon; costs nothing when it is called often."""
        if self._engine:
            self.listing.want()

    def _prepare(self) -> Work:
        assert self._engine is not None
        return partial(_take, self._engine, self._before)

    def _show(self, snapshot: Snapshot) -> None:
        self._before = snapshot
        self.taken.emit(snapshot)


def _take(engine: Engine, before: Snapshot, context: Context) -> Snapshot:
    return take(engine, before, context.token)
