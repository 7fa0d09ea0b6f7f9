"""The tags to save, each with a tick box."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.formatting import size
from layerhold.planning.saving import Item
from layerhold.wording.quoting import name, tooltip

ITEM = Qt.ItemDataRole.UserRole
ROWS_SHOWN = 6


class SaveList(QListWidget):
    """An image without a tag has a row of its own."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tags to save"))
        self.setToolTip(self.tr("What goes into the archive"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self.changed)

    @property
    def ticked(self) -> tuple[Item, ...]:
        """What is to be saved, in the order of the rows."""
        rows = (self.item(row) for row in range(self.count()))
        return tuple(row.data(ITEM) for row in rows if row.checkState() is Qt.CheckState.Checked)

    def offer(self, items: Mapping[Item, bool], images: Mapping[str, Image]) -> None:
        """Show these, ticked where they are to be."""
        with QSignalBlocker(self):
            self.clear()
            for item, is_ticked in items.items():
                self._add(item, images[item.image_id], is_ticked=is_ticked)
        height = self.sizeHintForRow(0) * min(ROWS_SHOWN, max(2, len(items)))
        self.setMinimumHeight(height + 2 * self.frameWidth())
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def states(self) -> dict[Item, bool]:
        """Every row, and whether it is ticked."""
        ticked = set(self.ticked)
        rows = (self.item(row).data(ITEM) for row in range(self.count()))
        return {item: item in ticked for item in rows}

    def _add(self, item: Item, image: Image, *, is_ticked: bool) -> None:
        called = name(item.tag) if item.tag else f"<none> {short(item.image_id)}"
        row = QListWidgetItem(f"{called}  ·  {size(image.size)}")
        row.setIcon(resources.icon("tag" if item.tag else "dangling", Role.QUIET))
        row.setData(ITEM, item)
        row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | _CHECKABLE)
        row.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        row.setToolTip(tooltip(f"{item.reference}\n{item.image_id}"))
        self.addItem(row)


_CHECKABLE = Qt.ItemFlag.ItemIsUserCheckable
