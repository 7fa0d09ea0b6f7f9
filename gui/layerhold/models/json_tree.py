"""The engine's JSON as a tree that is read as far as it is opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Raw
from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt

from layerhold.colours import Role, colours
from layerhold.domain import document
from layerhold.domain.document import Key, Path, Shape, Unreadable
from layerhold.formatting import visible
from layerhold.models.lazy_tree import COPY_ROLE, ROOT, Index, LazyTree
from layerhold.theme import fixed_font
from layerhold.wording.quoting import tooltip

translate = QCoreApplication.translate

GROUP = 500
"""Rows of one branch; a larger object or array is shown in groups of so many."""
LONGEST = 300
"""Characters of a value that a row shows."""
LONGEST_TIP = 1500
COUNTED = 200_000
"""Bytes up to which the entries of an object are counted before it is opened."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value, and where in the document it stands."""

    path: Path
    raw: Raw


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the many entries of one object or array."""

    path: Path
    first: int
    keys: Sequence[Key]
    values: Sequence[Raw]


class JsonTree(LazyTree):
    """Two columns, key and value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root: Raw | None = None

    def show(self, root: Raw) -> None:
        """Show a document; raises `Unreadable`."""
        items = _entries(Place((), root)) if document.branches(root) else [Place((), root)]
        self.root = root
        self.plant(items)

    def clear(self) -> None:
        self.root = None
        self.plant(())

    def find(self, path: Path) -> QModelIndex:
        """The row of a place, with all branches on the way made; invalid where there is none."""
        found = ROOT
        for depth in range(1, len(path) + 1):
            found = self._step(found, path[:depth])
            if not found.isValid():
                break
        return found

    def _step(self, parent: QModelIndex, path: Path) -> QModelIndex:
        self.fetchMore(parent)
        for row in range(self.rowCount(parent)):
            index = self.index(row, 0, parent)
            item = self.item(index)
            if isinstance(item, Group):
                if path[-1] in item.keys:
                    return self._step(index, path)
            elif item.path == path:
                return index
        return QModelIndex()

    def has_branches(self, item: Place | Group) -> bool:
        if isinstance(item, Group):
            return True
        return document.branches(item.raw) and document.length(item.raw) > len("{}")

    def items_below(self, item: Place | Group) -> Sequence[Place | Group]:
        try:
            return _entries(item)
        except Unreadable:
            return ()

    def columnCount(self, _parent: Index = ROOT) -> int:
        return 2

    def title(self, section: int) -> str:
        return (translate("JsonTree", "Key"), translate("JsonTree", "Value"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item(index)
        if role == COPY_ROLE:
            return document.text(item.raw) if isinstance(item, Place) else ""
        return _shown_value(item, role) if index.column() else _shown_key(item, role)


def _entries(item: Place | Group) -> Sequence[Place | Group]:
    if isinstance(item, Group):
        path, keys, values = item.path, item.keys, item.values
    else:
        path = item.path
        keys, values = document.entries(item.raw)
        if len(values) > GROUP:
            return _groups(path, keys, values)
    return [Place((*path, key), value) for key, value in zip(keys, values, strict=True)]


def _groups(path: Path, keys: Sequence[Key], values: Sequence[Raw]) -> list[Place | Group]:
    return [
        Group(path, first, keys[first : first + GROUP], values[first : first + GROUP])
        for first in range(0, len(values), GROUP)
    ]


def _shown_key(item: Place | Group, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return _key(item)
        case Qt.ItemDataRole.ToolTipRole:
            return tooltip(_key(item))
    return None


def _shown_value(item: Place | Group, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return _value(item)
        case Qt.ItemDataRole.ToolTipRole:
            return tooltip(_tip(item))
        case Qt.ItemDataRole.ForegroundRole:
            return colours().of(_role(item))
        case Qt.ItemDataRole.FontRole:
            return fixed_font()
    return None


def _key(item: Place | Group) -> str:
    if isinstance(item, Group):
        return f"{item.first + 1} … {item.first + len(item.keys)}"
    return visible(str(item.path[-1]), LONGEST) if item.path else ""


def _value(item: Place | Group) -> str:
    if isinstance(item, Group):
        return visible(f"{item.keys[0]} … {item.keys[-1]}", LONGEST)
    match document.shape(item.raw):
        case Shape.TEXT:
            return visible(document.beginning(item.raw, LONGEST * 6 + 2), LONGEST)
        case Shape.OTHER:
            return visible(document.beginning(item.raw, LONGEST), LONGEST)
        case kind:
            return _summary(kind, item.raw)


def _summary(kind: Shape, raw: Raw) -> str:
    """How many entries there are, where counting them costs nothing."""
    brackets = "{…}" if kind is Shape.OBJECT else "[…]"
    if document.length(raw) > COUNTED:
        return brackets
    try:
        count = len(document.entries(raw)[1])
    except Unreadable:
        return brackets
    if not count:
        return brackets.replace("…", "")
    return f"{brackets}  {count}"


def _tip(item: Place | Group) -> str:
    if isinstance(item, Group):
        return ""
    return visible(document.beginning(item.raw, LONGEST_TIP * 6 + 2), LONGEST_TIP)


def _role(item: Place | Group) -> Role:
    """Texts are plain; what is only told about an entry is quiet; numbers stand out."""
    if isinstance(item, Group) or document.branches(item.raw):
        return Role.QUIET
    return Role.TEXT if document.shape(item.raw) is Shape.TEXT else Role.ACCENT
