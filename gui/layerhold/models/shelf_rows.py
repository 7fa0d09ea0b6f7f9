"""The folders of the shelf with their archives beneath, as the rows of a list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from layerhold import resources
from layerhold.colours import Role
from layerhold.formatting import size, visible
from layerhold.jobs.shelves import Shelf, ShelvedArchive
from layerhold.models.row_changes import row_changes
from layerhold.models.sidebar_roles import ASIDE
from layerhold.wording import shelves as words
from layerhold.wording.quoting import tooltip

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1
"""The `FolderRow`, `ArchiveRow` or `RemarkRow`."""


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder, above what is in it."""

    shelf: Shelf
    is_open: bool

    @property
    def folder(self) -> Path:
        return self.shelf.folder

    @property
    def path(self) -> Path:
        return self.shelf.folder


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """An archive, below its folder."""

    folder: Path
    archive: ShelvedArchive

    @property
    def path(self) -> Path:
        return self.archive.path


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """Why there is no archive below a folder."""

    folder: Path
    text: str
    is_problem: bool

    @property
    def path(self) -> Path:
        return self.folder


Row = FolderRow | ArchiveRow | RemarkRow


class ShelfRows(QAbstractListModel):
    """Brought up to date by difference."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelves: tuple[Shelf, ...] = ()
        self._closed: set[Path] = set()
        self._rows: list[Row] = []
        self._titles: dict[Path, str] = {}

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self._shelves

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Show these folders, and what is in those that are open."""
        self._shelves = tuple(shelves)
        self._titles = _titles([shelf.folder for shelf in shelves])
        self._renew()

    def toggle(self, folder: Path) -> None:
        """Open a folder that is closed, or close it."""
        self._closed ^= {folder}
        self._renew()

    def row(self, index: Index) -> Row | None:
        """What stands there."""
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, folder: Path) -> QModelIndex:
        """Where a folder stands; nowhere if it is not on the shelf."""
        return self.reach(folder)[0]

    def reach(self, folder: Path) -> tuple[QModelIndex, QModelIndex]:
        """The row of a folder, and the last one of what is below it."""
        places = [number for number, row in enumerate(self._rows) if row.folder == folder]
        ends = places[:1] + places[-1:]
        return (self.index(ends[0]), self.index(ends[1])) if ends else (ROOT, ROOT)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        is_file = isinstance(self.row(index), ArchiveRow)
        return found | Qt.ItemFlag.ItemIsDragEnabled if is_file else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row)
            case Qt.ItemDataRole.DecorationRole:
                return _icon(row)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(_explained(row))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
        return {ASIDE: _aside(row), ROW: row}.get(role)

    def _renew(self) -> None:
        before, after = self._rows, list(self._all())
        old, new = [*map(_key, before)], [*map(_key, after)]
        for first, last, put_in in row_changes(old, new):
            if put_in:
                self.beginInsertRows(ROOT, first, last)
                self._rows[first:first] = after[first : last + 1]
                self.endInsertRows()
            else:
                self.beginRemoveRows(ROOT, first, last)
                del self._rows[first : last + 1]
                self.endRemoveRows()
        if self._rows != after:
            self._rows = after
            self.dataChanged.emit(self.index(0), self.index(len(after) - 1))

    def _all(self) -> Iterator[Row]:
        for shelf in self._shelves:
            is_open = shelf.folder not in self._closed
            yield FolderRow(shelf, is_open)
            if is_open:
                if remark := words.remark(shelf):
                    yield RemarkRow(shelf.folder, remark, bool(shelf.problem))
                yield from (ArchiveRow(shelf.folder, each) for each in shelf.archives)

    def _text(self, row: Row) -> str:
        match row:
            case FolderRow():
                return self._titles[row.folder]
            case ArchiveRow():
                return visible(row.archive.path.name)
        return row.text

    def _spoken(self, row: Row) -> str:
        text = self._text(row)
        if isinstance(row, FolderRow):
            return words.spoken_folder(row.shelf, text, is_open=row.is_open)
        return f"{text}, {aside}" if (aside := _aside(row)) else text


def _key(row: Row) -> tuple[str, Path]:
    return type(row).__name__, row.path


def _titles(folders: Sequence[Path]) -> dict[Path, str]:
    """The last name of each, and the one before it where two would be alike."""
    names = Counter(folder.name for folder in folders)
    alike = {folder for folder in folders if names[folder.name] > 1}
    return {
        each: visible(str(Path(*each.parts[-2:])) if each in alike else each.name or str(each))
        for each in folders
    }


def _icon(row: Row) -> QIcon:
    match row:
        case FolderRow(is_open=is_open):
            return resources.icon("folder-open" if is_open else "folder", Role.QUIET)
        case RemarkRow(is_problem=True):
            return resources.icon("warning", Role.CARE)
    return QIcon()


def _aside(row: Row) -> str:
    match row:
        case FolderRow(shelf=shelf):
            return f"{len(shelf.archives):,}" if shelf.archives else ""
        case ArchiveRow(archive=ShelvedArchive(size=int(count))):
            return size(count)
    return ""


def _explained(row: Row) -> str:
    match row:
        case FolderRow():
            return words.folder(row.shelf)
        case ArchiveRow():
            return words.archive(row.archive)
    return row.text
