"""Build arguments: those of the Dockerfile, each with its default, and others by name."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from layerhold import theme
from layerhold.colours import colours
from layerhold.dialogs.headers import name_header
from layerhold.domain.build_errors import BuildInputFault, InvalidBuildInput
from layerhold.domain.dockerfile import Argument
from layerhold.formatting import visible
from layerhold.wording.quoting import tooltip

NAME, VALUE, DEFAULT = range(3)
NAME_WIDTH, DEFAULT_WIDTH = 200, 150
ROW_HEIGHT = 28
_PROPER = re.compile(r"[A-Za-z_]\w*")


class ArgumentTable(QTableWidget):
    """What is ticked is given, also where it is empty; whoever types a value ticks it.

    The last row is for a name of one's own.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, DEFAULT + 1, parent)
        self.setAccessibleName(self.tr("Build arguments"))
        name_header(self)
        self.setToolTip(self.tr("Tick what shall be given; without a tick the default counts"))
        titles = [self.tr("Argument"), self.tr("Value"), self.tr("Default")]
        self.setHorizontalHeaderLabels(titles)
        header = self.horizontalHeader()
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        self.setColumnWidth(NAME, NAME_WIDTH)
        self.setColumnWidth(DEFAULT, DEFAULT_WIDTH)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self._offered: set[str] = set()
        self.itemChanged.connect(self._follow)
        self._add_own()

    @property
    def arguments(self) -> dict[str, str]:
        """What is given, by name."""
        rows = range(self.rowCount())
        return {self._name(row): self._text(row, VALUE) for row in rows if self._is_given(row)}

    @property
    def problem(self) -> InvalidBuildInput | None:
        """The first name that is none."""
        names = (self._name(row) for row in range(self.rowCount()) if self._is_given(row))
        wrong = next((each for each in names if not _PROPER.fullmatch(each)), None)
        if wrong is None:
            return None
        return InvalidBuildInput(wrong, BuildInputFault.BAD_ARGUMENT, wrong)

    def offer(self, arguments: Sequence[Argument]) -> None:
        """Show those of a Dockerfile; what was given already stays."""
        given = self.arguments
        self._offered = {argument.name for argument in arguments}
        with QSignalBlocker(self):
            self.setRowCount(0)
            for argument in arguments:
                self._add(argument, given.get(argument.name))
            for name, value in given.items():
                if name not in self._offered:
                    self._add_own(name, value)
            self._add_own()
        self.changed.emit()

    def _add(self, argument: Argument, value: str | None) -> None:
        name = _cell(argument.name, Qt.ItemFlag.ItemIsUserCheckable)
        name.setCheckState(_state(given=value is not None))
        name.setToolTip(self.tr("Line {line}").format(line=argument.line))
        default = _cell(visible(argument.default or ""))
        default.setForeground(QColor(colours().quiet_text))
        default.setToolTip(tooltip(argument.default or ""))
        self._put(name, value or "", default)

    def _add_own(self, name: str = "", value: str = "") -> None:
        cell = _cell(name, Qt.ItemFlag.ItemIsUserCheckable, Qt.ItemFlag.ItemIsEditable)
        cell.setCheckState(_state(given=bool(name)))
        cell.setToolTip(self.tr("An argument that every Dockerfile has, such as HTTP_PROXY"))
        self._put(cell, value, _cell(""))

    def _put(self, name: QTableWidgetItem, value: str, default: QTableWidgetItem) -> None:
        row = self.rowCount()
        self.insertRow(row)
        cell = _cell(value, Qt.ItemFlag.ItemIsEditable)
        for column, item in ((NAME, name), (VALUE, cell), (DEFAULT, default)):
            item.setFont(theme.fixed_font())
            self.setItem(row, column, item)

    def _follow(self, item: QTableWidgetItem) -> None:
        row = item.row()
        with QSignalBlocker(self):
            name = self.item(row, NAME)
            if name and ((item.column() == VALUE and item.text()) or self._is_new_name(item)):
                name.setCheckState(Qt.CheckState.Checked)
            if self._name(self.rowCount() - 1):
                self._add_own()
        self.changed.emit()

    def _is_new_name(self, item: QTableWidgetItem) -> bool:
        editable = bool(item.flags() & Qt.ItemFlag.ItemIsEditable)
        return item.column() == NAME and editable and bool(item.text().strip())

    def _is_given(self, row: int) -> bool:
        cell = self.item(row, NAME)
        ticked = cell is not None and cell.checkState() is Qt.CheckState.Checked
        return ticked and bool(self._name(row))

    def _name(self, row: int) -> str:
        return self._text(row, NAME).strip()

    def _text(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return cell.text() if cell else ""


def _cell(text: str, *flags: Qt.ItemFlag) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    for flag in flags:
        kept |= flag
    cell.setFlags(kept)
    return cell


def _state(*, given: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if given else Qt.CheckState.Unchecked
