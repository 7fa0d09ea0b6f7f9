"""The layers of a job under way as Qt views see them."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from layerhold.domain.digests import short
from layerhold.domain.progress import LayerProgress
from layerhold.models.activity_table import FRACTION_ROLE
from layerhold.wording import progress as words

Index = QModelIndex | QPersistentModelIndex

LAYER, STATE, BYTES = range(3)
ROOT = QModelIndex()
translate = QCoreApplication.translate


class JobLayers(QAbstractTableModel):
    """A row for each layer, in the order in which the engine named them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerProgress, ...] = ()

    def show_layers(self, layers: tuple[LayerProgress, ...]) -> None:
        """Bring the rows to these layers; rows that did not change are left alone."""
        before, kept = self._layers, min(len(self._layers), len(layers))
        if len(before) > kept:
            self.beginRemoveRows(ROOT, kept, len(before) - 1)
            self._layers = before[:kept]
            self.endRemoveRows()
        if len(layers) > kept:
            self.beginInsertRows(ROOT, kept, len(layers) - 1)
            self._layers = (*before[:kept], *layers[kept:])
            self.endInsertRows()
        self._layers = layers
        for row in range(kept):
            if before[row] != layers[row]:
                self.dataChanged.emit(self.index(row, LAYER), self.index(row, BYTES))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._layers)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else BYTES + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return {
                LAYER: translate("JobLayers", "Layer"),
                STATE: translate("JobLayers", "State"),
                BYTES: translate("JobLayers", "Bytes"),
            }[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        layer = self._layers[index.row()]
        if role == FRACTION_ROLE:
            return fraction(layer)
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                LAYER: short(layer.id),
                STATE: words.layer_state(layer.state),
                BYTES: words.layer_bytes(layer),
            }[index.column()]
        return layer.id if role == Qt.ItemDataRole.ToolTipRole else None


def fraction(layer: LayerProgress) -> float | None:
    """How much of a layer's present state is done, from 0 to 1; `None` where nothing moves."""
    if not layer.total or not layer.done:
        return None
    return min(1.0, layer.done / layer.total)
