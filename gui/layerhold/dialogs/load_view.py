"""The rows of a plan to load: to tick, to open, and to give tags other names."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from layerhold.dialogs.headers import name_header
from layerhold.domain.errors import InvalidReference
from layerhold.domain.references import parse_tag_target
from layerhold.models.load_tree import EFFECT, LAYERS, PLATFORM, SIZE, WHAT, LoadTree
from layerhold.planning.load_rows import WHOLE, Spot
from layerhold.wording import explain

Index = QModelIndex | QPersistentModelIndex

WIDTHS = {EFFECT: 410, PLATFORM: 110, LAYERS: 88, SIZE: 88}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NameCell(QStyledItemDelegate):
    """Says while one types what is wrong with a tag's new name, and does not take it."""

    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.closeEditor.connect(lambda: self.problem_changed.emit(""))

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        edit = QLineEdit(parent, placeholderText=self.tr("repository:tag"))
        edit.setAccessibleName(self.tr("Tag"))
        edit.textChanged.connect(lambda text: self._judge(edit, text))
        return edit

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """A name that is wrong is given up with the field."""
        if isinstance(editor, QLineEdit) and not _problem(editor.text()):
            model.setData(index, editor.text().strip())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter does not leave a field that is wrong."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in ENTER
        if is_enter and isinstance(editor, QLineEdit) and _problem(editor.text()):
            return True
        return super().eventFilter(editor, event)

    def _judge(self, edit: QLineEdit, text: str) -> None:
        problem = _problem(text)
        edit.setProperty("wrong", bool(problem))
        edit.setAccessibleDescription(problem)
        edit.style().unpolish(edit)
        edit.style().polish(edit)
        self.problem_changed.emit(problem)


class LoadView(QTreeView):
    """Announces wishes; the plan changes elsewhere."""

    def __init__(self, model: LoadTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.names = NameCell(self)
        self.setModel(model)
        self.setItemDelegateForColumn(WHAT, self.names)
        self.setAccessibleName(self.tr("Plan"))
        name_header(self)
        self.setUniformRowHeights(True)
        self.setSelectionMode(self.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        triggers = self.EditTrigger.DoubleClicked | self.EditTrigger.EditKeyPressed
        self.setEditTriggers(triggers)
        self._arrange()

    def edit_name(self) -> None:
        """Let the tag of the current row be called otherwise."""
        index = self.currentIndex().siblingAtColumn(WHAT)
        if self._model.is_tag(index):
            self.setCurrentIndex(index)
            self.edit(index)

    def _arrange(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)

    def _toggle_selected(self) -> None:
        """All of them as the first is not."""
        spots = list(self._selected_spots())
        usable = [spot for spot in spots if self._model.sheet.can_be_ticked(spot)]
        if not usable:
            return
        ticked = self._model.sheet.tick(usable[0]) is not Qt.CheckState.Checked
        for spot in usable:
            if spot.image == WHOLE:
                self._model.archive_tick_wanted.emit(spot.archive, ticked)
        self._tick([spot for spot in usable if spot.image != WHOLE], ticked=ticked)

    def _selected_spots(self) -> Iterator[Spot]:
        """From ranges, because asking for each of 10,000 indexes takes too long."""
        selection = self.selectionModel().selection()
        for number in range(selection.count()):
            part = selection.at(number)
            if part.left() == WHAT:
                yield from self._model.spots(part.top(), part.bottom(), part.parent())

    def _tick(self, spots: list[Spot], *, ticked: bool) -> None:
        if spots:
            self._model.tick_wanted.emit(spots, ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Space:
            self._toggle_selected()
        else:
            super().keyPressEvent(event)


def _problem(text: str) -> str:
    """What is wrong with a name; without one, the tag is called as in the archive."""
    if not text.strip():
        return ""
    try:
        parse_tag_target(text.strip())
    except InvalidReference as problem:
        said = explain(problem)
        return f"{said.what} {said.hint}".strip()
    return ""
