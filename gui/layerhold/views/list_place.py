"""Where the user was in the image list, kept while its rows move."""

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex

from layerhold.models.entry_rows import Cause
from layerhold.models.image_entry import Entry
from layerhold.views.image_tree_view import ImageTreeView

_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_QUIETLY = QItemSelectionModel.SelectionFlag.NoUpdate


@dataclass(frozen=True, slots=True)
class ListPlace:
    """What Qt does not keep by itself: tags, the current row, and what is in sight."""

    current: Entry | None
    current_tag: str
    current_row: int
    tags: tuple[tuple[Entry, str], ...]
    """The selected ones."""
    sight: tuple[Entry, ...]
    """Images in sight, from the top; none while the list stands at its top."""
    offset: int
    """Pixels of the first of them above the edge, negative."""

    @classmethod
    def of(cls, tree: ImageTreeView) -> "ListPlace":
        """Look where the user is now."""
        images, current = tree.images, tree.currentIndex()
        entry = images.entry(current) if current.isValid() else None
        tag = images.tag(current) if current.isValid() else ""
        row = current.parent().row() if tag else current.row()
        sight, offset = _sight(tree)
        return cls(entry, tag, row, tuple(_selected_tags(tree)), sight, offset)

    def restore(self, tree: ImageTreeView, cause: Cause) -> None:
        """Bring the user back, as far as the rows are there still."""
        self._select_tags(tree)
        self._make_current(tree, cause)
        if cause is Cause.CHANGED:
            self._bring_into_sight(tree)
        elif tree.currentIndex().isValid():
            tree.scrollTo(tree.currentIndex())
        else:
            tree.scrollToTop()

    def _select_tags(self, tree: ImageTreeView) -> None:
        selection = QItemSelection()
        for entry, tag in self.tags:
            index = _index(tree, entry, tag)
            if index.isValid():
                selection.select(index, index)
        if not selection.isEmpty():
            tree.selectionModel().select(selection, _ROWS)

    def _make_current(self, tree: ImageTreeView, cause: Cause) -> None:
        """Where the current image is gone, the keys go on from its place."""
        if self.current is None:
            return
        index = _index(tree, self.current, self.current_tag)
        last = tree.images.rowCount() - 1
        if not index.isValid() and cause is Cause.CHANGED and last >= 0:
            index = tree.images.index(min(self.current_row, last), 0)
        now = tree.currentIndex()
        if index != now.siblingAtColumn(0):
            tree.selectionModel().setCurrentIndex(index, _QUIETLY)

    def _bring_into_sight(self, tree: ImageTreeView) -> None:
        row = next((row for entry in self.sight if (row := _row(tree, entry)) >= 0), -1)
        if row >= 0:
            tree.scrollTo(tree.images.index(row, 0), tree.ScrollHint.PositionAtTop)
            bar = tree.verticalScrollBar()
            bar.setValue(bar.value() - self.offset)


def _sight(tree: ImageTreeView) -> tuple[tuple[Entry, ...], int]:
    if not tree.verticalScrollBar().value():
        return (), 0
    index = tree.indexAt(tree.viewport().rect().topLeft())
    if not index.isValid():
        return (), 0
    top = index.parent() if index.parent().isValid() else index
    here = tree.images.shown[top.row() : top.row() + _rows_in_sight(tree)]
    return tuple(here), tree.visualRect(top).y()


def _rows_in_sight(tree: ImageTreeView) -> int:
    return tree.viewport().height() // max(1, tree.sizeHintForRow(0)) + 1


def _selected_tags(tree: ImageTreeView) -> list[tuple[Entry, str]]:
    images = tree.images
    parts = [part for part in tree.selectionModel().selection().toList() if part.parent().isValid()]
    return [
        (images.entry(part.parent()), images.tag(images.index(row, 0, part.parent())))
        for part in parts
        for row in range(part.top(), part.bottom() + 1)
    ]


def _row(tree: ImageTreeView, entry: Entry) -> int:
    return tree.images.row_of(entry.image.id)


def _index(tree: ImageTreeView, entry: Entry, tag: str) -> QModelIndex:
    """The row of a tag, or of its image; invalid where it is not shown."""
    row = _row(tree, entry)
    if row < 0:
        return QModelIndex()
    return tree.images.tag_row(row, tag) if tag else tree.images.index(row, 0)
