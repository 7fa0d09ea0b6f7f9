"""The rows of a removal plan, to tick, to open, and to choose a way on for."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeView, QWidget

from layerhold.dialogs.plan_delegate import ChoiceCell
from layerhold.engine.about import Caps
from layerhold.models.plan_cells import EFFECT, FREED, WHAT
from layerhold.models.plan_table import ROW_ROLE, PlanTable
from layerhold.planning.removal import Remedy, Row
from layerhold.planning.targets import Target
from layerhold.wording import remedies

EFFECT_WIDTH = 300
FREED_WIDTH = 110
MENU_KEYS = (Qt.Key.Key_F4, Qt.Key.Key_Menu)


class PlanView(QTreeView):
    """Announces wishes; the plan changes elsewhere."""

    remedy_wanted = Signal(object, object)
    """A target, and a `Remedy` or `None`."""
    force_wanted = Signal()

    def __init__(self, model: PlanTable, caps: Caps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._caps = model, caps
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setSelectionMode(self.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setExpandsOnDoubleClick(True)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegateForColumn(EFFECT, ChoiceCell(self))
        self._arrange()

    def menu(self, row: Row) -> QMenu:
        """The ways on that the engine allows for a row."""
        menu = QMenu(self)
        menu.addAction(self._way(menu, self.tr("Leave it alone"), row.target, None, row))
        for remedy in row.remedies:
            text = remedies.remedy(remedy, row, self._caps)
            menu.addAction(self._way(menu, text.replace("&", "&&"), row.target, remedy, row))
        return menu

    def open_menu(self, place: QPoint | None = None) -> None:
        """Offer the ways on for the current row, if it has any."""
        index = self.currentIndex().siblingAtColumn(EFFECT)
        row = index.data(ROW_ROLE)
        if row and row.remedies:
            below = self.visualRect(index).bottomLeft()
            self.menu(row).popup(place or self.viewport().mapToGlobal(below))

    def _way(
        self, menu: QMenu, text: str, target: Target, remedy: Remedy | None, row: Row
    ) -> QAction:
        action = QAction(text, menu)
        action.setCheckable(True)
        action.setChecked(row.choice.remedy is remedy)
        action.triggered.connect(lambda: self.remedy_wanted.emit(target, remedy))
        return action

    def _arrange(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        for column, width in ((EFFECT, EFFECT_WIDTH), (FREED, FREED_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _toggle_selected(self) -> None:
        doable = [row for row in self._selected_rows() if row.calls]
        if doable:
            ticked = not all(row.choice.ticked for row in doable)
            self._model.tick_wanted.emit([row.target for row in doable], ticked)

    def _selected_rows(self) -> list[Row]:
        """From ranges, because asking for each of 1,000 indexes takes too long."""
        rows, selection = self._model.rows, self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        found = {
            number
            for selected in ranges
            if not selected.parent().isValid()
            for number in range(selected.top(), selected.bottom() + 1)
        }
        return [rows[number] for number in sorted(found)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        down = event.key() == Qt.Key.Key_Down
        if event.key() in MENU_KEYS or (
            event.modifiers() & Qt.KeyboardModifier.AltModifier and down
        ):
            self.open_menu()
        elif plain and event.key() == Qt.Key.Key_Space:
            self._toggle_selected()
        elif plain and event.key() == Qt.Key.Key_F:
            self.force_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == EFFECT:
            self.open_menu()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.globalPos())
