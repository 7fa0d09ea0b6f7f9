"""The header of the image list: columns that fit the window until the user lays them out."""

from functools import partial

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from layerhold import theme
from layerhold.models.columns import IMAGE_COLUMNS, NUMBERS, title
from layerhold.planning.ordering import Column
from layerhold.views.image_paint import BAR_WIDTH, GAP

NARROWEST = 48
"""Pixels of a column, however little room there is."""
INDENT = 22
"""Pixels before a name, in which the sign of a branch has its place."""
ARROW = 12
"""Pixels of the sign for the order."""
ROOM_FOR_BARS = 160
"""Pixels that names must have to spare before bars are shown beside the unique bytes."""
WIDEST = 80
"""Pixels more than it needs that a column gets for its weight: eyes do not cross wide gaps."""
UNIQUE = NUMBERS[Column.UNIQUE]
_BY_USER, _BY_ITSELF = b"1", b"0"


class ImageHeader(QHeaderView):
    """Sortable and movable; a context menu hides and shows columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._by_user = False
        """Whether the user has resized a column, so that widths are no longer ours to choose."""
        self._pressed = False
        self._room = 0
        self._idle: dict[int, bool] = {}
        """Columns that have nothing to say now, and whether they are hidden otherwise too."""
        self.setAccessibleName(self.tr("Columns of the image list"))
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(NARROWEST)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sectionResized.connect(self._note_resize)

    def lay_out(self) -> None:
        """Show the columns as they are at first."""
        self._by_user = False
        for number, column in enumerate(IMAGE_COLUMNS):
            self.moveSection(self.visualIndex(number), number)
            self.setSectionHidden(number, column.hidden)
        self._hide_idle()
        self.setSortIndicator(NUMBERS[Column.CREATED], Qt.SortOrder.DescendingOrder)
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Share so many pixels among the columns, unless the user has laid them out."""
        self._room = room
        if self._by_user or not room:
            return
        shown = [n for n in range(self.count()) if not self.isSectionHidden(n)]
        least = {number: self._least(number) for number in shown}
        weights = sum(IMAGE_COLUMNS[number].weight for number in shown) or 1
        spare = max(0, room - sum(least.values()))
        if spare > ROOM_FOR_BARS and UNIQUE in least:
            least[UNIQUE] += BAR_WIDTH + GAP
            spare -= BAR_WIDTH + GAP
        for number in shown:
            weight = IMAGE_COLUMNS[number].weight
            share = min(spare * weight // weights, WIDEST * weight)
            self.resizeSection(number, least[number] + share)

    def saved(self) -> QByteArray:
        """Order, widths, hidden columns and sort."""
        for number, hidden in self._idle.items():
            self.setSectionHidden(number, hidden)
        state = self.saveState()
        self._hide_idle()
        return QByteArray(_BY_USER if self._by_user else _BY_ITSELF) + state

    def restore(self, state: QByteArray) -> None:
        """Lay the columns out as they were, or as at first where that is not known."""
        if state.isEmpty() or not self.restoreState(state.sliced(1)):
            self.lay_out()
            return
        self._hide_idle()
        self._by_user = state.startsWith(_BY_USER)
        self.fit(self._room)

    def leave_out(self, column: Column, *, wanted: bool) -> None:
        """Hide a column that has nothing to say, or give it back as the user had it."""
        number = NUMBERS[column]
        if wanted == (number in self._idle):
            return
        if wanted:
            self._idle[number] = self.isSectionHidden(number)
            self.setSectionHidden(number, True)
        else:
            self.setSectionHidden(number, self._idle.pop(number))
        self.fit(self._room)

    def menu(self) -> QMenu:
        """Which columns to show."""
        menu = QMenu(self)
        for number, column in enumerate(IMAGE_COLUMNS):
            choice = menu.addAction(title(column.key))
            choice.setCheckable(True)
            choice.setChecked(not self.isSectionHidden(number))
            choice.setEnabled(column.key is not Column.REPOSITORY and number not in self._idle)
            choice.toggled.connect(partial(self._show, number))
        menu.addSeparator()
        menu.addAction(self.tr("Reset columns")).triggered.connect(self.lay_out)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = False

    def _show(self, number: int, wanted: bool) -> None:
        self.setSectionHidden(number, not wanted)
        if wanted and self.sectionSize(number) <= NARROWEST:
            self.resizeSection(number, self._least(number))
        self.fit(self._room)

    def _hide_idle(self) -> None:
        for number in self._idle:
            self._idle[number] = self.isSectionHidden(number)
            self.setSectionHidden(number, True)

    def _note_resize(self) -> None:
        self._by_user = self._by_user or self._pressed

    def _least(self, number: int) -> int:
        """Pixels for the column's sample and its title."""
        column = IMAGE_COLUMNS[number]
        metrics = QFontMetrics(theme.fixed_font()) if column.fixed else self.fontMetrics()
        content = metrics.horizontalAdvance(column.sample)
        content += INDENT if column.key is Column.REPOSITORY else 0
        heading = self.fontMetrics().horizontalAdvance(title(column.key)) + ARROW
        return max(content, heading) + 2 * GAP
