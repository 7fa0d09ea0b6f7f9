"""A plan to load as Qt views see it: archives, their images, and the tags of each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)

from layerhold import resources
from layerhold.colours import Role, colours
from layerhold.engine.about import Caps
from layerhold.models import load_rows
from layerhold.models.load_rows import Cells
from layerhold.models.load_sheet import Found, LoadSheet
from layerhold.models.row_changes import ranges
from layerhold.planning.load_plan import LoadPlan
from layerhold.planning.load_rows import WHOLE, ArchivePlan, Spot
from layerhold.theme import ROW_HEIGHT
from layerhold.wording.quoting import tooltip

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()
translate = QCoreApplication.translate
WHAT, EFFECT, PLATFORM, LAYERS, SIZE = range(5)
TITLES = (
    lambda: translate("LoadTree", "Image or tag"),
    lambda: translate("LoadTree", "What happens"),
    lambda: translate("LoadTree", "Platform"),
    lambda: translate("LoadTree", "Layers here"),
    lambda: translate("LoadTree", "Size"),
)
NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
TICKABLE = PLAIN | Qt.ItemFlag.ItemIsUserCheckable
ARCHIVE = 0
"""The internal ID of archives; that of an image is its archive's row and one."""
IMAGE_BITS = 32
"""The internal ID of what stands below an image: its parent's ID, and its parent's row and one."""
LAST_IMAGE = (1 << IMAGE_BITS) - 1


class LoadTree(QAbstractItemModel):
    """Rows stay where they are; plans change what they say. To tick and to rename are wishes."""

    tick_wanted = Signal(object, bool)
    """A list of `Spot`s, and whether they are to be loaded."""
    archive_tick_wanted = Signal(int, bool)
    rename_wanted = Signal(object, str)
    """A `Spot`, and what to call it."""

    def __init__(self, caps: Caps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = LoadSheet(caps)
        self._below: list[int] = []
        """How many rows each archive has below it."""
        self._open: set[Spot] = set()
        """Images of which somebody knows the tags, and has to be told when they change."""

    def show_files(self, paths: Sequence[Path], found: Sequence[Found], *, looking: bool) -> None:
        """Show what is known of each file, which only ever becomes more."""
        sheet, first = self.sheet, len(self._below)
        sheet.looking = looking
        if len(paths) > first:
            self.beginInsertRows(ROOT, first, len(paths) - 1)
            sheet.paths, sheet.found = tuple(paths), tuple(found)
            self._below += [0] * (len(paths) - first)
            self.endInsertRows()
        sheet.found = tuple(found)
        for at in range(len(paths)):
            if failure := sheet.failure(at):
                self._grow(at, len(load_rows.remedies(failure)))
        self._tell_changed(ROOT, 0, len(paths))

    def show_plan(self, plan: LoadPlan) -> None:
        """Show what would happen."""
        before, self.sheet.plan = self.sheet.plan, plan
        for at, archive in enumerate(plan.archives):
            if archive:
                self._grow(at, len(archive.images))
                old = before.archives[at] if at < len(before.archives) else None
                self._tell_images(at, archive, old)
        self._tell_changed(ROOT, 0, len(self._below))

    def _tell_images(self, at: int, archive: ArchivePlan, before: ArchivePlan | None) -> None:
        """Only those that have changed: a view asks something of each, and there may be 10,000."""
        if before is None:
            return
        pairs = zip(archive.images, before.images, strict=True)
        changed = [number for number, (new, old) in enumerate(pairs) if new is not old]
        parent = self.index(at, WHAT)
        for first, last in ranges(changed):
            self._tell_changed(parent, first, last + 1)
        for number in changed:
            if (spot := Spot(at, number)) in self._open:
                image = self.index(number, WHAT, parent)
                self._tell_changed(image, 0, self.sheet.below(spot))

    def spot(self, index: Index) -> Spot:
        """Where the row stands; an archive's has no image."""
        return _spot(index.internalId(), index.row())

    def spots(self, first: int, last: int, parent: Index) -> Iterator[Spot]:
        """Where rows below the same parent stand."""
        key = self._key_below(parent)
        return (_spot(key, row) for row in range(first, last + 1))

    def is_tag(self, index: Index) -> bool:
        """Whether the row is a tag, or the place for one, of an image that can be loaded."""
        return index.isValid() and self.sheet.is_tag(self.spot(index))

    def _grow(self, at: int, count: int) -> None:
        if count and not self._below[at]:
            self.beginInsertRows(self.index(at, WHAT), 0, count - 1)
            self._below[at] = count
            self.endInsertRows()

    def _tell_changed(self, parent: QModelIndex, first: int, end: int) -> None:
        if first < end:
            last = self.index(end - 1, SIZE, parent)
            self.dataChanged.emit(self.index(first, WHAT, parent), last)

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        # This, `flags` and `hasChildren` are asked of each of 10,000 rows when they are laid out.
        if not 0 <= row < self.rowCount(parent) or not 0 <= column <= SIZE:
            return QModelIndex()
        return self.createIndex(row, column, self._key_below(parent))

    def _key_below(self, parent: Index) -> int:
        if not parent.isValid():
            return ARCHIVE
        above = parent.internalId()
        return parent.row() + 1 if above == ARCHIVE else above << IMAGE_BITS | parent.row() + 1

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        # PySide6 lists QObject.parent() beside this one, which no override can match.
        key = index.internalId() if index.isValid() else ARCHIVE
        if key == ARCHIVE:
            return QModelIndex()
        if key <= LAST_IMAGE:
            return self.createIndex(key - 1, WHAT, ARCHIVE)
        return self.createIndex((key & LAST_IMAGE) - 1, WHAT, key >> IMAGE_BITS)

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return len(self._below)
        key = parent.internalId()
        if key == ARCHIVE and parent.column() == WHAT:
            return self._below[parent.row()]
        if not self.hasChildren(parent):
            return 0
        spot = self.spot(parent)
        self._open.add(spot)
        return self.sheet.below(spot)

    def hasChildren(self, parent: Index = ROOT) -> bool:
        if not parent.isValid():
            return bool(self._below)
        key = parent.internalId()
        if parent.column() != WHAT or key > LAST_IMAGE:
            return False
        if key == ARCHIVE:
            return self._below[parent.row()] > 0
        # Of 10,000 images each is asked; every image has a tag, or the place for one.
        return self.sheet.failure(key - 1) is None

    def columnCount(self, _parent: Index = ROOT) -> int:
        return len(TITLES)

    def headerData(
        self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]()
        if role == Qt.ItemDataRole.TextAlignmentRole and section == SIZE:
            return NUMBER
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        spot = self.spot(index)
        if index.column() != WHAT or not self.sheet.can_be_ticked(spot):
            return PLAIN
        return TICKABLE | Qt.ItemFlag.ItemIsEditable if self.sheet.is_tag(spot) else TICKABLE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.CheckStateRole:
                return self.sheet.tick(self.spot(index)) if index.column() == WHAT else None
            case Qt.ItemDataRole.EditRole:
                return self.sheet.name(self.spot(index)) if index.column() == WHAT else None
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, ROW_HEIGHT)
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if index.column() == SIZE else None
        return _look(self.sheet.cells(self.spot(index)), index.column(), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        spot = self.spot(index)
        if role == Qt.ItemDataRole.EditRole and self.sheet.is_tag(spot):
            self.rename_wanted.emit(spot, str(value))
            return True
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        if spot.image == WHOLE:
            self.archive_tick_wanted.emit(spot.archive, ticked)
        else:
            self.tick_wanted.emit([spot], ticked)
        return True


def _spot(key: int, row: int) -> Spot:
    if key == ARCHIVE:
        return Spot(row, WHOLE)
    if key <= LAST_IMAGE:
        return Spot(key - 1, row)
    return Spot((key >> IMAGE_BITS) - 1, (key & LAST_IMAGE) - 1, row)


def _look(cells: Cells, column: int, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return cells.texts[column]
        case Qt.ItemDataRole.ToolTipRole:
            whole = cells.whole if column == WHAT else ""
            return tooltip(whole or cells.texts[column])
        case Qt.ItemDataRole.DecorationRole if column == EFFECT and cells.icon:
            return resources.icon(*cells.icon)
        case Qt.ItemDataRole.ForegroundRole if cells.is_quiet:
            return colours().of(Role.QUIET)
    return None
