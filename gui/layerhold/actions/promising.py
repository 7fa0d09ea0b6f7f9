"""Promise other programs archives, which are made when images are dropped there."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from layerhold.actions.desk import Desk
from layerhold.jobs.drop_folder import DropFolder
from layerhold.planning.targets import Target

if TYPE_CHECKING:
    from layerhold.actions.archive_promise import ArchivePromise
    from layerhold.planning.saving import Item

ABLE = frozenset({"xcb"})
"""Where a program asks for the file when it is dropped, in time for it to be made.

Qt tells of the drop before that on X11 alone.
"""


class Promiser(QObject):
    """Where all archives lie that are made for other programs."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drops = DropFolder()
        self._made: dict[tuple[Item, ...], Path] = {}
        """Complete archives; who is given one twice leaves no second copy, and need not wait."""

    def sweep(self) -> None:
        """Remove what earlier runs of the program left."""
        self._desk.runner.start("Remove dropped archives", self._drops.sweep, quiet=True)

    def promise(self, targets: Sequence[Target]) -> "ArchivePromise | None":
        """One archive of all these; nothing where that cannot be kept."""
        # Until images are dragged, nothing of what saves them is needed.
        from layerhold.actions.archive_promise import ArchivePromise
        from layerhold.actions.saving_images import items_meant

        engine, items = self._desk.engine, items_meant(self._desk, targets)
        if engine is None or not items or QGuiApplication.platformName() not in ABLE:
            return None
        known = self._made.get(items)
        promise = ArchivePromise(self._desk, engine, items, self._drops, self, known=known)
        promise.made.connect(lambda: self._remember(items, promise.path))
        return promise

    def _remember(self, items: "tuple[Item, ...]", path: Path) -> None:
        self._made[items] = path
