"""The tab that shows what the image is made of."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from layerhold.jobs.describing import Description
from layerhold.library import Library
from layerhold.models.layer_rows import Line
from layerhold.models.layer_tree import COMMAND, CREATED, IMAGE_ROLE, ROW_ROLE, SIZE, LayerTree
from layerhold.models.lazy_tree import COPY_ROLE, ROOT
from layerhold.views.ageing import TreeAgeing
from layerhold.views.details.detail_tree import DetailTree, Offer
from layerhold.views.details.layer_cells import LayerCells
from layerhold.views.details.layer_painting import leads
from layerhold.views.details.page import Page
from layerhold.wording import explain

SIZE_WIDTH = 208
CREATED_WIDTH = 128


class Layers(Page):
    """History and layers as a tree; says so where the engine cannot tell the history."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = LayerView(self.tr("Layers"), LayerTree(library, self))
        self.hold(self.tree)
        self.clear()

    def show_description(self, description: Description) -> None:
        """Show the steps, or why there are none."""
        self.tree.layers.show(description.image_id, description.steps)
        self.say(self._reason(description))

    def clear(self, sentence: str = "") -> None:
        """Show nothing but a sentence."""
        self.tree.layers.clear()
        self.say(sentence or " ")

    def _reason(self, description: Description) -> str:
        if description.problem:
            said = explain(description.problem)
            return "\n".join(part for part in (said.what, said.hint) if part)
        if not description.steps:
            return self.tr("The engine knows no history of this image.")
        return ""


class LayerView(DetailTree):
    """The tree itself."""

    image_wanted = Signal(str)

    def __init__(self, name: str, model: LayerTree, parent: QWidget | None = None) -> None:
        super().__init__(name, model, parent)
        self.layers = model
        self.setUniformRowHeights(False)
        self.setItemDelegate(LayerCells(self))
        self.setMouseTracking(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self._lay_out_columns()
        model.modelReset.connect(self._span_all)
        model.rowsInserted.connect(self._span)
        self._ageing = TreeAgeing(self, CREATED, _created)
        for changed in (model.modelReset, model.rowsInserted, self.expanded, self.collapsed):
            changed.connect(self._ageing.stop)
        self.activated.connect(self._follow)

    def _lay_out_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(72)
        header.setSectionResizeMode(COMMAND, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(SIZE, SIZE_WIDTH)
        header.resizeSection(CREATED, CREATED_WIDTH)

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        copy = self.copying(self._kind(index), "Ctrl+C", lambda: str(index.data(COPY_ROLE)))
        offers = [copy]
        row = index.data(ROW_ROLE)
        if isinstance(row, Line) and row.step.made_layer:
            step = row.step
            offers += [
                self.copying("DiffID", "Ctrl+Shift+C", lambda: step.diff_id),
                self.copying(self.tr("Chain ID"), "Ctrl+Alt+C", lambda: step.chain_id),
            ]
        if image_id := index.data(IMAGE_ROLE):
            wish = self.tr("Show this image")
            offers.append(
                Offer(wish, lambda: self.image_wanted.emit(image_id), QKeySequence("Return"))
            )
        return offers

    def _kind(self, index: QModelIndex) -> str:
        if isinstance(index.data(ROW_ROLE), Line):
            return self.tr("Command")
        return self.tr("Reference") if index.data(IMAGE_ROLE) else self.tr("Value")

    def _follow(self, index: QModelIndex) -> None:
        if image_id := index.siblingAtColumn(COMMAND).data(IMAGE_ROLE):
            self.image_wanted.emit(image_id)

    def _span_all(self) -> None:
        self._span(ROOT, 0, self.layers.rowCount() - 1)

    def _span(self, parent: QModelIndex, first: int, last: int) -> None:
        for row in range(first, last + 1):
            line = isinstance(self.layers.index(row, 0, parent).data(ROW_ROLE), Line)
            self.setFirstColumnSpanned(row, parent, not line)

    def _leads(self, event: QMouseEvent) -> str:
        index = self.indexAt(event.position().toPoint()).siblingAtColumn(COMMAND)
        if not index.isValid():
            return ""
        x, rect = int(event.position().x()), self.visualRect(index)
        hit = leads(index.data(ROW_ROLE), rect, index.data(), x)
        return str(index.data(IMAGE_ROLE)) if hit else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape if self._leads(event) else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and (image_id := self._leads(event)):
            self.image_wanted.emit(image_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens a line, as it follows a name."""
        index = self.currentIndex().siblingAtColumn(COMMAND)
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and index.isValid() and isinstance(index.data(ROW_ROLE), Line):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)


def _created(index: QModelIndex) -> int:
    """Unix seconds, or 0 where the row shows no age."""
    row = index.data(ROW_ROLE)
    return int(row.step.entry.created) if isinstance(row, Line) else 0
