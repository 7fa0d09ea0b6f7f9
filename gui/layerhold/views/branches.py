"""Which images stand open, also while they are out of sight."""

from PySide6.QtCore import QModelIndex, QObject

from layerhold.models.image_entry import Entry
from layerhold.views.image_tree_view import ImageTreeView


class Branches(QObject):
    """Opens an image again that was open when a filter or a view took it away."""

    def __init__(self, tree: ImageTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self._open: set[Entry] = set()
        tree.expanded.connect(self._note_open)
        tree.collapsed.connect(self._note_closed)

    def open_again(self) -> None:
        """Follow rows that have moved."""
        if not self._open:
            return
        images = self._tree.images
        for row, entry in enumerate(images.shown):
            if entry in self._open and entry.several:
                index = images.index(row, 0)
                if not self._tree.isExpanded(index):
                    self._tree.expand(index)

    def _note_open(self, index: QModelIndex) -> None:
        self._open.add(self._tree.images.entry(index))

    def _note_closed(self, index: QModelIndex) -> None:
        self._open.discard(self._tree.images.entry(index))
