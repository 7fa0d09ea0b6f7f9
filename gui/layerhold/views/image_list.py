"""The images of an engine as a list, with what the user does to look through it."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layerhold.library import Library
from layerhold.models.entry_rows import Cause
from layerhold.models.image_tree import ImageTree
from layerhold.models.image_views import Counts, View
from layerhold.planning.ordering import Column
from layerhold.planning.targets import Target
from layerhold.views.ageing import Ageing
from layerhold.views.branches import Branches
from layerhold.views.empty_list import EmptyList
from layerhold.views.image_tree_view import ImageTreeView
from layerhold.views.list_place import ListPlace

ONLY_THIS_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)


class ImageList(QWidget):
    """Shows, selects and announces; changes nothing."""

    selection_changed = Signal(object)
    """A tuple of `planning.removal` targets."""
    current_changed = Signal(object)
    """The ID of the image the keys stand on, or `None`."""
    counts_changed = Signal(object)
    """`Counts`: the images in each view."""
    shown_changed = Signal(int)
    """How many images there are to see."""
    filter_judged = Signal(object)
    """Why the filter hides nothing (`InvalidFilter`), or `None`."""
    removal_wanted = Signal()
    filter_removal_wanted = Signal()
    view_wanted = Signal(object)
    pull_wanted = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.model = ImageTree(library, self)
        self.tree = ImageTreeView(self.model, self)
        self.empty = EmptyList(library, self.model, self.tree)
        self._branches = Branches(self.tree)
        self._ageing = Ageing(self.tree)
        self._place: ListPlace | None = None
        self._targets: tuple[Target, ...] = ()
        self._current: str | None = None

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)

        self._connect()

    @property
    def shown(self) -> int:
        """How many images there are to see."""
        return len(self.model.shown)

    @property
    def total(self) -> int:
        """How many images there are, without filter and view."""
        return self.counts.all

    @property
    def counts(self) -> Counts:
        return self.model.counts

    def set_filter(self, text: str) -> None:
        """Show what matches."""
        self.model.set_filter(text)

    def set_view(self, view: View) -> None:
        """Show the images of a view."""
        self.model.set_view(view)

    def show_intermediate(self, wanted: bool) -> None:
        """Show intermediate images as well, or not."""
        self.model.show_intermediate(wanted)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the context menu offers."""
        self.tree.set_menu(actions)

    def selected_targets(self) -> tuple[Target, ...]:
        """What an act on the selection means."""
        return self.tree.selected_targets()

    def select(self, text: str) -> bool:
        """Go to the image of that reference, ID or beginning of an ID; whether it is shown."""
        from layerhold.planning.matching import find

        found = find(self._library.images.values(), text)
        row = self.model.row_of(found.id) if found else -1
        if row < 0:
            return False
        self._go_to(row)
        return True

    def enter(self) -> None:
        """Take the keyboard, at the first row unless there is a current one."""
        self.tree.setFocus()
        if not self.tree.currentIndex().isValid() and self.shown:
            self._go_to(0)

    def state(self) -> QByteArray:
        """The columns: order, widths, which are hidden, and the sort."""
        return self.tree.columns.saved()

    def restore(self, state: QByteArray) -> None:
        """Bring the columns back."""
        self.tree.columns.restore(state)

    def _go_to(self, row: int) -> None:
        """Without a look at Ctrl and Shift, which may be held for something else."""
        index = self.model.index(row, 0)
        self.tree.selectionModel().setCurrentIndex(index, ONLY_THIS_ROW)
        self.tree.scrollTo(index)

    def _follow_connection(self) -> None:
        connection = self._library.connection
        self.tree.show_stale(stale=connection.as_of > 0)
        lacks = bool(connection.about and not connection.about.caps.containers)
        self.tree.columns.leave_out(Column.USED_BY, wanted=lacks)

    def _connect(self) -> None:
        model, selection = self.model, self.tree.selectionModel()
        model.rearranging.connect(self._remember_place)
        model.rearranged.connect(self._restore_place)
        model.settled.connect(lambda: self.shown_changed.emit(self.shown))
        model.counts_changed.connect(self.counts_changed)
        model.problem_changed.connect(self.filter_judged)
        selection.selectionChanged.connect(self._announce)
        selection.currentChanged.connect(self._announce)
        self.tree.removal_wanted.connect(self.removal_wanted)
        self._library.connection_changed.connect(self._follow_connection)
        self.empty.filter_removal_wanted.connect(self.filter_removal_wanted)
        self.empty.view_wanted.connect(self.view_wanted)
        self.empty.pull_wanted.connect(self.pull_wanted)

    def _remember_place(self) -> None:
        self._place = ListPlace.of(self.tree)
        self.tree.setAutoScroll(False)

    def _restore_place(self, cause: Cause) -> None:
        place, self._place = self._place, None
        if place:
            self._branches.follow()
            place.restore(self.tree, cause)
        self.tree.setAutoScroll(True)
        self._announce()

    def _announce(self) -> None:
        """Tell once what is selected and current, when rows have come to rest."""
        if self._place:
            return
        targets, current = self.selected_targets(), self._current_id(self.tree.currentIndex())
        if current != self._current:
            self._current = current
            self.current_changed.emit(current)
        if targets != self._targets:
            self._targets = targets
            self.selection_changed.emit(targets)

    def _current_id(self, index: QModelIndex) -> str | None:
        return self.model.entry(index).image.id if index.isValid() else None
