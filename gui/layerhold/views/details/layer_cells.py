"""The cells of the layer tree, and the editor in which their text can be selected."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from layerhold.colours import Role
from layerhold.models.layer_rows import BaseMark, Field, Line, Sharer
from layerhold.models.layer_tree import COMMAND, ROW_ROLE, SIZE
from layerhold.theme import ROW_HEIGHT
from layerhold.views.details.layer_painting import (
    GAP,
    MOST_LINES,
    NAME_WIDTH,
    colour,
    font,
    paint_base,
    paint_command,
    paint_field,
    paint_sharer,
    paint_weight,
    wrapped,
)

Index = QModelIndex | QPersistentModelIndex


class LayerCells(QStyledItemDelegate):
    """Lines with a bar, fields that wrap, and names that lead to other images."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Line) and index.column() not in {COMMAND, SIZE}:
            self._paint_quietly(painter, option, index)
            return
        self._paint_ground(painter, option, index)
        painter.save()
        match row:
            case Line() if index.column() == COMMAND:
                paint_command(painter, option, row, index.data())
            case Line():
                paint_weight(painter, option, row, index.data())
            case Field():
                paint_field(painter, option, row)
            case Sharer():
                paint_sharer(painter, option, row)
            case BaseMark():
                paint_base(painter, option, index.data())
        painter.restore()

    def _paint_quietly(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        shown.palette.setColor(QPalette.ColorRole.Text, colour(option, Role.QUIET))
        super().paint(painter, shown, index)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = ground.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        lowest = max(ROW_HEIGHT, option.fontMetrics.height() + GAP)
        if not isinstance(row, Field) or not isinstance(option.widget, QTreeView):
            return QSize(0, lowest)
        tree = option.widget
        width = tree.viewport().width() - 2 * tree.indentation() - NAME_WIDTH - 3 * GAP
        layout = wrapped(row, width)
        lines = min(layout.lineCount(), MOST_LINES)
        return QSize(0, max(lowest, int(lines * layout.lineAt(0).height()) + GAP))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QPlainTextEdit(parent)
        editor.setReadOnly(True)
        editor.setAccessibleName(str(index.data()).partition(":")[0])
        editor.setFont(font(index.data(ROW_ROLE)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, _editor: QWidget, _model: QAbstractItemModel, _index: Index) -> None:
        """Nothing here can be changed; the editor is for selecting text."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        place = option.rect.adjusted(NAME_WIDTH, 0, 0, 0)
        place.setHeight(max(place.height(), 3 * option.fontMetrics.height()))
        editor.setGeometry(place)
