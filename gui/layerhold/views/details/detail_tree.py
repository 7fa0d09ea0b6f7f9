"""A tree or list of details: rows are copied by keys and from the menu, and can lead elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from layerhold.dialogs.headers import name_header
from layerhold.models.lazy_tree import COPY_ROLE, Index
from layerhold.theme import ROW_HEIGHT


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done with the current row."""

    label: str
    act: Callable[[], None]
    key: QKeySequence
    enabled: bool = True


class RowCells(QStyledItemDelegate):
    """Rows as high as everywhere else."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(ROW_HEIGHT, option.fontMetrics.height() + 8))


class DetailTree(QTreeView):
    """Subclasses say what they offer for a row."""

    copied = Signal(str)
    """What was copied, such as `Value`."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        name_header(self)
        self.setUniformRowHeights(True)
        self.setItemDelegate(RowCells(self))
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setModel(model)

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        """What can be done with a row; the first is what Ctrl+C does."""
        return [self.copying(self.tr("Value"), "Ctrl+C", lambda: str(index.data(COPY_ROLE) or ""))]

    def copying(self, what: str, key: str, text: Callable[[], str]) -> Offer:
        """Offer to copy something."""
        label = self.tr("Copy {what}").format(what=what[:1].lower() + what[1:])
        if what in {"DiffID", "ID"}:
            label = self.tr("Copy {what}").format(what=what)
        return Offer(label, lambda: self._copy(what, text()), QKeySequence(key))

    def menu(self, index: QModelIndex) -> QMenu:
        """What is offered for a row, as a menu."""
        menu = QMenu(self)
        menu.setAccessibleName(self.accessibleName())
        for offer in self.offers(index):
            action = QAction(offer.label, menu)
            action.setShortcut(offer.key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(offer.enabled)
            action.triggered.connect(offer.act)
            menu.addAction(action)
        return menu

    def _copy(self, what: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(what)

    def _offered(self, event: QEvent) -> Offer | None:
        """The offer whose key was pressed."""
        current = self.currentIndex()
        if not isinstance(event, QKeyEvent) or not current.isValid():
            return None
        pressed = QKeySequence(event.keyCombination())
        offers = self.offers(current.siblingAtColumn(0))
        return next((each for each in offers if each.enabled and each.key == pressed), None)

    def event(self, event: QEvent) -> bool:
        # The window has the same keys for the list of images; here they mean the details.
        if event.type() == QEvent.Type.ShortcutOverride and self._offered(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if offer := self._offered(event):
            offer.act()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        current = self.currentIndex().siblingAtColumn(0)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()).siblingAtColumn(0) if by_mouse else current
        if index.isValid():
            place = event.pos() if by_mouse else self.visualRect(index).bottomLeft() + QPoint(24, 0)
            self.menu(index).popup(self.viewport().mapToGlobal(place))
