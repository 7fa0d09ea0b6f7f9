"""Who paints which cell of the image list."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from layerhold.models.columns import IMAGE_COLUMNS
from layerhold.models.image_cells import TAG_CELLS, condition
from layerhold.models.image_entry import Entry
from layerhold.models.image_tree import ImageTree
from layerhold.planning.ordering import Column
from layerhold.views.image_cells import GLYPH, CellPainter
from layerhold.views.image_paint import BAR_WIDTH, GAP, Brushes

Index = QModelIndex | QPersistentModelIndex

FADED = 0.45
"""Opacity of bars and signs in rows that may be out of date."""


class ImageDelegate(QStyledItemDelegate):
    """Paints the cells of a row; the tree says before each row which one it is."""

    def __init__(self, model: ImageTree, view: QWidget) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._entry: Entry | None = None
        self._tag = ""
        self.stale = False
        """Whether the rows are shown as possibly out of date."""
        self.prepare()

    def prepare(self) -> None:
        """Follow the view's palette and font."""
        self.cells = CellPainter(Brushes(self._view))
        self.brushes = self.cells.brushes

    def begin_row(self, index: Index, *, selected: bool) -> None:
        """Get ready for the cells of a row."""
        self._entry, self._tag = self._model.entry(index), self._model.tag(index)
        brushes = self.brushes
        chosen = brushes.selected if self._view.hasFocus() else brushes.selected_behind
        self.cells.opacity = FADED if self.stale else 1.0
        plain = brushes.quiet if self.stale else brushes.text
        self.cells.pen = chosen if selected else plain
        self.cells.quiet = chosen if selected else brushes.quiet

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._entry
        if entry is None:
            return
        column = index.column()
        place = option.rect.adjusted(GAP, 0, -GAP, 0)
        if self._tag:
            self.cells.text(painter, place, column, TAG_CELLS[column](entry.image, self._tag))
        else:
            self.cells.paint[column](painter, place, entry)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        column = IMAGE_COLUMNS[index.column()]
        text = self._model.text(index)
        width = self.cells.face(index.column()).width(text) + 3 * GAP
        if column.key is Column.UNIQUE:
            width += BAR_WIDTH + GAP
        elif column.key is Column.USED_BY:
            width += (GLYPH + GAP) * len(self._model.entry(index).users)
        elif column.key is Column.REPOSITORY:
            word = condition(self._model.entry(index).image)
            width += self.brushes.chip_width(word) + GAP if word else 0
        return QSize(width, self.brushes.row_height)
