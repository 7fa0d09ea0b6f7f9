"""The branches of the image list: made for rows in sight, and open where the user opened them."""

from PySide6.QtCore import QModelIndex, QObject

from layerhold.models.image_entry import Entry
from layerhold.views.image_tree_view import ImageTreeView

MARGIN = 8
"""Rows above and below those in sight that have their branches as well."""
MOST = 300
"""Branches beyond that are closed again, because moving rows costs more with every one."""


class Branches(QObject):
    """Keeps in mind what is open, also while a filter or a view hides it."""

    def __init__(self, tree: ImageTreeView) -> None:
        super().__init__(tree)
        self._tree, self._images = tree, tree.images
        self._open: set[Entry] = set()
        tree.expanded.connect(self._note_open)
        tree.collapsed.connect(self._note_closed)
        tree.resized.connect(self.make)
        tree.verticalScrollBar().valueChanged.connect(self.make)
        self.make()

    def follow(self) -> None:
        """Open again what was open, and see to the rows in sight, after rows have moved."""
        if self._open:
            for row, entry in enumerate(self._images.shown):
                if entry in self._open and entry.several:
                    self._tree.expand(self._images.branch(row))
        self.make()

    def make(self) -> None:
        """Make the branches of the rows in sight."""
        first, last = self._in_sight()
        if len(self._images.branches) > MOST:
            in_sight = set(self._images.shown[first:last])
            self._images.close(set(self._images.branches) - in_sight - self._open)
        for row in range(first, last):
            self._images.branch(row)

    def _in_sight(self) -> tuple[int, int]:
        """From which row to which; a guess while the rows are not laid out yet."""
        tree = self._tree
        height = max(1, tree.row_height)
        rows = tree.viewport().height() // height + MARGIN
        top = tree.indexAt(tree.viewport().rect().topLeft())
        if top.isValid():
            first = top.parent().row() if top.parent().isValid() else top.row()
        else:
            first = tree.verticalScrollBar().value() // height
        count = len(self._images.shown)
        first = min(first, max(0, count - rows))
        return max(0, first - MARGIN), min(count, first + rows)

    def _note_open(self, index: QModelIndex) -> None:
        self._open.add(self._images.entry(index))

    def _note_closed(self, index: QModelIndex) -> None:
        self._open.discard(self._images.entry(index))
