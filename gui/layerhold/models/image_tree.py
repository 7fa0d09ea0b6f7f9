"""The library's images as Qt views see them: filtered, in order, and in words."""

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from layerhold.domain.errors import InvalidFilter
from layerhold.domain.images import Image
from layerhold.jobs.memory import return_free_blocks
from layerhold.library import Difference, Library
from layerhold.models.arrangement import Arrangement
from layerhold.models.columns import IMAGE_COLUMNS, NUMBERS, explanation, title
from layerhold.models.entry_rows import Cause, EntryRows, Index
from layerhold.models.image_cells import ENTRY_CELLS, TAG_CELLS, condition
from layerhold.models.image_entries import Entries
from layerhold.models.image_tooltips import entry_tooltip, tag_tooltip
from layerhold.models.image_views import Counts, View
from layerhold.planning.ordering import Column
from layerhold.planning.targets import OneTag, Target
from layerhold.wording.containers import container

READ_AT_ONCE = 400
"""Entries that are made searchable in one go, which takes about 2 ms."""
_DISPLAY, _TOOLTIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_REPOSITORY, _USED_BY = NUMBERS[Column.REPOSITORY], NUMBERS[Column.USED_BY]


class ImageTree(EntryRows):
    """Follows the library; a refresh without a difference emits nothing."""

    counts_changed = Signal(Counts)
    problem_changed = Signal(object)
    """Why the filter hides nothing (`InvalidFilter`), or `None`."""
    settled = Signal()
    """The rows are those that the filter and the view ask for, to the last."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(len(IMAGE_COLUMNS), parent)
        self._library = library
        self._entries = Entries(library)
        self._arrangement = Arrangement(self._entries)
        self._counts = Counts()
        self._problem: InvalidFilter | None = None
        self._reading = QTimer(self, interval=0)
        self._reading.timeout.connect(self._read)
        self._judging = QTimer(self, interval=0)
        self._judging.timeout.connect(self._judge)

        library.images_changed.connect(self._follow_images)
        library.containers_changed.connect(self._follow_users)
        library.figures_changed.connect(self._follow_figures)
        self._reading.start()
        self._arrange(Cause.CHANGED)

    @property
    def counts(self) -> Counts:
        return self._arrangement.counts

    @property
    def view(self) -> View:
        return self._arrangement.view

    @property
    def filtered(self) -> bool:
        """Whether a filter is in force."""
        return self._arrangement.filtered

    def set_filter(self, text: str) -> None:
        """Show what matches; what cannot be understood hides nothing and is told."""
        self._arrangement.filter(text)
        self._arrange(Cause.FILTERED)

    def set_view(self, view: View) -> None:
        """Show the images of one view."""
        self._arrangement.choose(view, intermediate=self._arrangement.intermediate)
        self._arrange(Cause.FILTERED)

    def show_intermediate(self, wanted: bool) -> None:
        """Show intermediate images as well, or not."""
        self._arrangement.choose(self._arrangement.view, intermediate=wanted)
        self._arrange(Cause.FILTERED)

    def target(self, index: Index) -> Target:
        """What an act on that row means."""
        entry, tag = self.entry(index), self.tag(index)
        return OneTag(entry.image.id, tag) if tag else entry.whole

    def image(self, image_id: str) -> Image:
        """An image of the library, shown or not."""
        return self._entries.by_id[image_id].image

    def row_of(self, image_id: str) -> int:
        """Where an image stands; -1 if it is not shown."""
        entry = self._entries.by_id.get(image_id)
        return self.shown.index(entry) if entry in self.shown else -1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(IMAGE_COLUMNS):
            descending = order == Qt.SortOrder.DescendingOrder
            self._arrangement.sort(IMAGE_COLUMNS[column].key, descending=descending)
            self._arrange(Cause.SORTED)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            return self.text(index) if index.isValid() else None
        if not index.isValid():
            return None
        if role == _TOOLTIP:
            entry, tag, column = self.entry(index), self.tag(index), index.column()
            return tag_tooltip(entry, tag, column) if tag else entry_tooltip(entry, column)
        return self._spoken(index) if role == _SPOKEN else None

    def text(self, index: Index) -> str:
        """What the cell says."""
        if tag := self.tag(index):
            return TAG_CELLS[index.column()](self.entry(index).image, tag)
        return ENTRY_CELLS[index.column()](self.entry(index))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(IMAGE_COLUMNS):
            return None
        column = IMAGE_COLUMNS[section]
        if role == _DISPLAY:
            return title(column.key)
        if role == _TOOLTIP:
            about = self._library.connection.about
            return explanation(column.key, packed=bool(about and about.caps.sizes_are_packed))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.descends else Qt.SortOrder.AscendingOrder
        return None

    def _spoken(self, index: Index) -> str:
        """The cell without what only eyes can tell."""
        text, column = self.text(index), index.column()
        if self.tag(index):
            return text
        entry = self.entry(index)
        if column == _USED_BY:
            return ", ".join(map(container, entry.users))
        word = condition(entry.image) if column == _REPOSITORY else ""
        return f"{text}, {word}" if word else text

    def _follow_images(self, difference: Difference) -> None:
        changed = self._entries.take_images()
        self._arrangement.renew()
        self._reading.start()
        self._arrange(Cause.CHANGED, anyway=bool(difference.changed))
        self.tell(changed)

    def _follow_users(self) -> None:
        changed = self._entries.take_users()
        if changed:
            self._arrangement.follow_users()
            self._arrange(Cause.CHANGED)
            self.tell(changed)

    def _follow_figures(self, image_ids: frozenset[str]) -> None:
        changed = self._entries.take_figures(image_ids)
        self._arrangement.follow_figures()
        self._arrange(Cause.CHANGED)
        self.tell(changed)

    def _arrange(self, cause: Cause, *, anyway: bool = False) -> None:
        arrangement = self._arrangement
        self.rearrange(arrangement.shown(), cause, anyway=anyway)
        if arrangement.counts != self._counts:
            self._counts = arrangement.counts
            self.counts_changed.emit(self._counts)
        if arrangement.problem is not self._problem:
            self._problem = arrangement.problem
            self.problem_changed.emit(self._problem)
        if arrangement.complete:
            self._judging.stop()
            self.settled.emit()
        else:
            self._judging.start()

    def _judge(self) -> None:
        """See to the rows out of sight."""
        self._arrangement.judge()
        if self._arrangement.complete:
            self._arrange(Cause.FILTERED)

    def _read(self) -> None:
        if not self._entries.read(READ_AT_ONCE):
            self._reading.stop()
            return_free_blocks()
