"""The tree named `Images`: paints rows of its own, and knows the list's keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QTreeView, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.models.image_tree import ImageTree
from layerhold.planning.targets import OneTag, Target
from layerhold.views.image_delegate import ImageDelegate
from layerhold.views.image_header import INDENT, ImageHeader
from layerhold.views.viewports import own_viewport

if TYPE_CHECKING:
    from layerhold.views.image_drag import Promises

Index = QModelIndex | QPersistentModelIndex

SIGN = 14
NOWHERE = -100_000
"""Pixels above every row, of which the first in sight may begin above the viewport."""


class ImageTreeView(QTreeView):
    """Rows of one height, selected as a whole."""

    removal_wanted = Signal()
    details_wanted = Signal()
    """The user wishes to go on with the details of the row."""
    resized = Signal()
    promises: "Promises | None" = None
    """Set where other programs can be given archives."""

    def __init__(self, images: ImageTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self.images = images
        self._menu: tuple[QAction, ...] = ()
        self._hovered = NOWHERE
        self._focused: QModelIndex | None = None
        self._open, self._closed = (
            resources.icon(f"chevron-{way}", Role.QUIET) for way in ("down", "right")
        )
        self.columns = ImageHeader(self)
        self.setHeader(self.columns)
        self.setAccessibleName(self.tr("Images"))
        self._choose_manners()
        self.setModel(images)
        self._cells = ImageDelegate(images, self)
        self._ground = self._cells.brushes.ground
        self.setItemDelegate(self._cells)
        self.setSortingEnabled(True)
        self.columns.lay_out()
        self.doubleClicked.connect(self._enter)
        self.selectionModel().currentChanged.connect(self._move_frame)

    @property
    def row_height(self) -> int:
        """Pixels."""
        return self._cells.brushes.row_height

    def show_stale(self, *, stale: bool) -> None:
        """Mute the rows, which may be out of date, or show them as true again."""
        if stale != self._cells.stale:
            self._cells.stale = stale
            self.setAccessibleDescription(self.tr("May be out of date") if stale else "")
            self.viewport().update()

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the context menu offers."""
        self._menu = tuple(actions)

    def selected_targets(self) -> tuple[Target, ...]:
        """What an act on the selection means, in the order of the rows."""
        return targets(self.images, self.selectionModel().selection())

    def keyboardSearch(self, search: str) -> None:
        current = self.currentIndex()
        if current.column() > 0:
            # Qt searches the column that was clicked; people type names.
            self.selectionModel().setCurrentIndex(
                current.siblingAtColumn(0), self.selectionModel().SelectionFlag.NoUpdate
            )
        super().keyboardSearch(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete):
            self.removal_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_references()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.details_wanted.emit()
        else:
            self._make_branch()
            super().keyPressEvent(event)

    def copy_references(self) -> None:
        """Put the names of what is selected on the clipboard, one a line."""
        if names := self._names(self.selected_targets()):
            QGuiApplication.clipboard().setText("\n".join(names))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        # Nobody drags before the first picture, which this import would hold up.
        from layerhold.views.image_drag import drag_images

        if chosen := self.selected_targets():
            promise = self.promises(chosen) if self.promises else None
            drag_images(self, chosen, self._names(chosen), promise)

    def _names(self, chosen: Sequence[Target]) -> list[str]:
        names: list[str] = []
        for target in chosen:
            if isinstance(target, OneTag):
                names.append(target.tag)
            else:
                names += self.images.image(target.image_id).tags or (target.image_id,)
        return names

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._menu or not self.selectionModel().hasSelection():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addActions(self._menu)
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(row.center())
        menu.popup(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._cells.brushes.fit(self):
            self._cells.prepare()
            self.scheduleDelayedItemsLayout()
        brushes, current = self._cells.brushes, self.currentIndex()
        self._hovered = self._row_under_mouse()
        self._ground = brushes.ground if self.hasFocus() else brushes.ground_behind
        self._focused = current if self.hasFocus() and current.isValid() else None
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = self.selectionModel().isSelected(index)
        brushes = self._cells.brushes
        top, height = option.rect.y(), option.rect.height()
        if selected or option.rect.contains(0, self._hovered):
            row = QRect(0, top, self.viewport().width(), height)
            painter.fillRect(row, self._ground if selected else brushes.hover)
        self._cells.begin_row(index, selected=selected)
        super().drawRow(painter, option, index)
        if self._focused and index == self._focused.siblingAtColumn(index.column()):
            painter.setPen(brushes.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(0, top, self.viewport().width() - 1, height - 1))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self.images.tag(index) or not self.images.entry(index).several:
            return
        sign = self._open if self.isExpanded(index) else self._closed
        left = rect.right() - SIGN - (INDENT - SIGN) // 2 + 1
        sign.paint(painter, left, rect.y() + (rect.height() - SIGN) // 2, SIGN, SIGN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        current = self.visualRect(self.currentIndex())
        if (
            current.isValid()
            and self.viewport().height() < current.bottom() < event.oldSize().height()
        ):
            self.scrollTo(self.currentIndex())
        # As if the scroll bar were always there, so that columns keep their places when it goes.
        bar = self.verticalScrollBar().sizeHint().width()
        self.columns.fit(self.contentsRect().width() - bar)
        self.resized.emit()

    def _enter(self, index: QModelIndex) -> None:
        """Where a double click opens no branch, it means what Return means."""
        if self.images.tag(index) or not self.images.entry(index).several:
            self.details_wanted.emit()

    def _move_frame(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt repaints a cell each; the frame goes around the whole row."""
        for row in (self.visualRect(current), self.visualRect(previous)):
            self.viewport().update(0, row.y(), self.viewport().width(), row.height())

    def _make_branch(self) -> None:
        """A current row that was scrolled out of sight may have lost its branch."""
        current = self.currentIndex()
        if current.isValid() and not current.parent().isValid():
            self.images.branch(current.row())

    def _row_under_mouse(self) -> int:
        """The height of the mouse in the viewport, or a place where no row is."""
        viewport = self.viewport()
        return viewport.mapFromGlobal(QCursor.pos()).y() if viewport.underMouse() else NOWHERE

    def _choose_manners(self) -> None:
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(True)
        self.setDragEnabled(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)


def targets(images: ImageTree, selection: QItemSelection) -> tuple[Target, ...]:
    """Images and tags of the selected rows; an image stands for all its tags."""
    whole: dict[int, Target] = {}
    single: dict[tuple[int, int], Target] = {}
    for part in selection.toList():
        parent = part.parent()
        for row in range(part.top(), part.bottom() + 1):
            if parent.isValid():
                index = images.index(row, 0, parent)
                single[parent.row(), row] = images.target(index)
            else:
                whole[row] = images.shown[row].whole
    if not single:
        return tuple(whole[row] for row in sorted(whole))
    places = {(row, -1): target for row, target in whole.items()}
    places |= {place: target for place, target in single.items() if place[0] not in whole}
    return tuple(places[place] for place in sorted(places))
