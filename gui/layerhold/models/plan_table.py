"""A removal plan as Qt views see it: a row per target, and its details below."""

from collections.abc import Collection
from itertools import count
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from layerhold.models.plan_cells import COLUMNS, FREED, WHAT, detail_data, marked_new, row_data
from layerhold.models.plan_details import Detail, details
from layerhold.models.row_changes import row_changes
from layerhold.planning.removal import RemovalPlan, Row
from layerhold.planning.targets import Target
from layerhold.planning.world import World

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
ROOT = QModelIndex()
TOP = 0
"""The internal ID of rows; that of a detail is the number that its row keeps while it lives."""
PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
TICKABLE = PLAIN | Qt.ItemFlag.ItemIsUserCheckable


class PlanTable(QAbstractItemModel):
    """Knows the plan as it is now; ticking a row is only a wish."""

    tick_wanted = Signal(object, bool)
    """A list of targets, and whether they are to be carried out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._keys: list[int] = []
        self._places: dict[int, int] = {}
        self._fresh_keys = count(1)
        self._details: dict[int, tuple[Detail, ...]] = {}
        self._world = World({})
        self._new: frozenset[Target] = frozenset()

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def show(self, plan: RemovalPlan, world: World, new: Collection[Target] = ()) -> None:
        """Bring the rows to the plan; what is open, chosen and scrolled to stays so.

        Targets that are `new` came while the plan was being looked at.
        """
        self._world, self._new = world, frozenset(new)
        before = [row.target for row in self._rows]
        after = [row.target for row in plan.rows]
        for first, last, put_in in row_changes(before, after):
            if put_in:
                self._put_in(first, list(plan.rows[first : last + 1]))
            else:
                self._take_out(first, last)
        self._rows[:] = plan.rows
        self._show_details()
        if self._rows:
            end = self.index(len(self._rows) - 1, FREED)
            self.dataChanged.emit(self.index(0, WHAT), end)

    def _put_in(self, first: int, rows: list[Row]) -> None:
        self.beginInsertRows(ROOT, first, first + len(rows) - 1)
        self._rows[first:first] = rows
        self._keys[first:first] = [next(self._fresh_keys) for _ in rows]
        self._note_places()
        self.endInsertRows()

    def _take_out(self, first: int, last: int) -> None:
        self.beginRemoveRows(ROOT, first, last)
        for key in self._keys[first : last + 1]:
            self._details.pop(key, None)
        del self._rows[first : last + 1], self._keys[first : last + 1]
        self._note_places()
        self.endRemoveRows()

    def _note_places(self) -> None:
        self._places = {key: place for place, key in enumerate(self._keys)}

    def _show_details(self) -> None:
        """Only rows whose details were looked at have any, so that 1,000 rows cost nothing."""
        for key, old in list(self._details.items()):
            place = self._places[key]
            new = details(self._rows[place], self._world)
            if new == old:
                continue
            parent = self.index(place, WHAT)
            self.beginRemoveRows(parent, 0, len(old) - 1)
            self._details[key] = ()
            self.endRemoveRows()
            self.beginInsertRows(parent, 0, len(new) - 1)
            self._details[key] = new
            self.endInsertRows()

    def _details_of(self, key: int) -> tuple[Detail, ...]:
        if key not in self._details:
            self._details[key] = details(self._rows[self._places[key]], self._world)
        return self._details[key]

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return ROOT
        if not parent.isValid():
            return self.createIndex(row, column, TOP)
        return self.createIndex(row, column, self._keys[parent.row()])

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        # PySide6 lists QObject.parent() beside this one, which no override can match.
        key = index.internalId() if index.isValid() else TOP
        return ROOT if key == TOP else self.createIndex(self._places[key], WHAT, TOP)

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return len(self._rows)
        if parent.internalId() != TOP or parent.column() != WHAT:
            return 0
        return len(self._details_of(self._keys[parent.row()]))

    def hasChildren(self, parent: Index = ROOT) -> bool:
        if not parent.isValid():
            return bool(self._rows)
        return parent.internalId() == TOP and parent.column() == WHAT

    def columnCount(self, _parent: Index = ROOT) -> int:
        return len(COLUMNS)

    def headerData(
        self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]()
        if role == Qt.ItemDataRole.TextAlignmentRole and section == FREED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked for every row when all are selected, so nothing is put together here.
        if index.column() != WHAT or index.internalId() != TOP:
            return PLAIN if index.isValid() else Qt.ItemFlag.NoItemFlags
        return TICKABLE if self._rows[index.row()].calls else PLAIN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if (key := index.internalId()) != TOP:
            return detail_data(self._details_of(key)[index.row()], index.column(), role)
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        told = row_data(row, self._world, index.column(), role)
        is_new = row.target in self._new and index.column() == WHAT
        return marked_new(told) if is_new and role == Qt.ItemDataRole.DisplayRole else told

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.internalId() != TOP:
            return False
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick_wanted.emit([self._rows[index.row()].target], ticked)
        return True
