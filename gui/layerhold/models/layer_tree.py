"""History and file-system layers in one tree, newest on top."""

from collections.abc import Sequence
from time import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from layerhold.domain.instructions import LONGEST as LONGEST_READ
from layerhold.domain.layers import Step
from layerhold.formatting import age, moment, size, visible
from layerhold.library import Library
from layerhold.models.image_cells import more_tags
from layerhold.models.layer_rows import (
    BaseMark,
    Field,
    Line,
    Row,
    Sharer,
    called,
    fields,
    lines,
    sharing,
    with_base,
)
from layerhold.models.lazy_tree import COPY_ROLE, ROOT, Index, LazyTree
from layerhold.planning.base_image import base_image
from layerhold.wording.quoting import tooltip

translate = QCoreApplication.translate

COMMAND, SIZE, CREATED = range(3)
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
IMAGE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The ID of the image that the row leads to, or an empty text."""

MOST_NAMES = 20
"""Tags that a tooltip lists."""

LONGEST = 400
"""Characters of a command that a row shows."""


class LayerTree(LazyTree):
    """The lines of one image; what other images have of it follows the library."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._image_id = ""
        self._steps: tuple[Step, ...] = ()
        self._lines: list[Line] = []
        library.figures_changed.connect(self.relate)
        library.images_changed.connect(self.relate)

    def show(self, image_id: str, steps: tuple[Step, ...]) -> None:
        """Show the steps of an image; the same ones change nothing."""
        if image_id == self._image_id and len(steps) == len(self._steps):
            return
        self._image_id, self._steps = image_id, steps
        self._lines = lines(steps)
        self.plant(self._tops())

    def clear(self) -> None:
        self._image_id, self._steps, self._lines = "", (), []
        self.plant(())

    def relate(self) -> None:
        """Find the base image and the images that share layers, as the library knows them now."""
        if not self._lines:
            return
        self.replant(self._tops())
        for index in self.tops():
            if not self.canFetchMore(index) and self.hasChildren(index):
                self.replant(self.items_below(self.item(index)), index)

    def _tops(self) -> list[Row]:
        library = self._library
        base = base_image(self._image_id, self._steps, library.images, library.anatomies)
        return with_base(self._lines, base)

    def has_branches(self, item: Row) -> bool:
        return isinstance(item, Line)

    def items_below(self, item: Row) -> Sequence[Row]:
        if not isinstance(item, Line):
            return ()
        library = self._library
        shared = sharing(item, self._image_id, library.anatomies, library.images)
        return [*fields(item), *shared]

    def columnCount(self, _parent: Index = ROOT) -> int:
        return CREATED + 1

    def title(self, section: int) -> str:
        return (
            translate("LayerTree", "Command"),
            translate("LayerTree", "Size"),
            translate("LayerTree", "Created"),
        )[section]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and isinstance(self.item(index), Field):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.item(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(row, index.column())
            case Qt.ItemDataRole.EditRole:
                return row.text if isinstance(row, Field) else None
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(_tip(row, index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row) if index.column() == COMMAND else None
        return {ROW_ROLE: row, COPY_ROLE: _copied(row), IMAGE_ROLE: _leads_to(row)}.get(role)


def weight(line: Line) -> str:
    """The size of a line's layer, `≈` where it is not certain; nothing without a layer."""
    step = line.step
    if not step.made_layer and not step.entry.size:
        return ""
    return f"{'' if step.exact else '≈ '}{size(max(0, step.entry.size))}"


def command(line: Line) -> str:
    """The instruction on one line, or why there is none."""
    if written := str(line.written):
        return visible(written, LONGEST)
    if comment := line.step.entry.comment:
        return visible(comment, LONGEST)
    return translate("LayerTree", "No command was recorded")


def _text(row: Row, column: int) -> str:
    if isinstance(row, Line):
        return (command, weight, _age)[column](row)
    return _about(row) if column == COMMAND else ""


def _age(line: Line) -> str:
    created = line.step.entry.created
    return age(created, time()) if created > 0 else ""


def _about(row: BaseMark | Field | Sharer) -> str:
    match row:
        case BaseMark(image):
            said = translate("LayerTree", "Base image: {name}")
            name = f"{visible(called(image))} {more_tags(image)}".rstrip()
            return said.replace("{name}", name)
        case Field(name, text):
            return f"{name}: {text}" if name else text
        case Sharer(_, _, reference):
            return visible(reference)


def _tip(row: Row, column: int) -> str:
    if isinstance(row, Line):
        return _line_tip(row, column)
    if isinstance(row, Field):
        return translate("LayerTree", "Double-click or press F2 to select text")
    show = translate("LayerTree", "Show this image")
    names = row.image.tags[:MOST_NAMES] if isinstance(row, BaseMark) else (row.reference,)
    return "\n".join((*map(visible, names), show))


def _line_tip(line: Line, column: int) -> str:
    entry = line.step.entry
    if column == SIZE and not line.step.exact:
        return translate("LayerTree", "It is not certain that this size belongs to this line")
    if column == CREATED and entry.created > 0:
        return moment(entry.created)
    return visible(entry.created_by, 1500) if column == COMMAND else ""


def _spoken(row: Row) -> str:
    if isinstance(row, Line):
        return ", ".join(part for part in (command(row), weight(row)) if part)
    if isinstance(row, Sharer):
        return translate("LayerTree", "Shared with {name}").format(name=visible(row.reference))
    return _text(row, COMMAND)


def _copied(row: Row) -> str:
    match row:
        case Line(step, written):
            raw = step.entry.created_by
            return str(written) if len(raw) <= LONGEST_READ else raw
        case Field(_, text, whole):
            return whole or text
        case Sharer(_, _, reference):
            return reference
        case BaseMark(image):
            return called(image)


def _leads_to(row: Row) -> str:
    match row:
        case BaseMark(image):
            return image.id
        case Sharer(_, image_id):
            return image_id
    return ""
