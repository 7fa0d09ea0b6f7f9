"""The engine's JSON as a tree whose places can be named for other tools."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from layerhold.domain.document import Path
from layerhold.domain.document_paths import jq, pointer, template
from layerhold.models.json_tree import Group, JsonTree, Place
from layerhold.models.lazy_tree import COPY_ROLE, ROOT
from layerhold.views.details.detail_tree import DetailTree, Offer

KEY_WIDTH = 240


class JsonView(DetailTree):
    """What is open in one document is open in the next one too."""

    def __init__(self, name: str, model: JsonTree, parent: QWidget | None = None) -> None:
        super().__init__(name, model, parent)
        self.json = model
        self._open: set[Path] = {("Config",)}
        self.header().resizeSection(0, KEY_WIDTH)
        self.expanded.connect(self._note_open)
        self.collapsed.connect(self._note_closed)

    def reopen(self) -> None:
        """Open the branches that were open in the document before."""
        self._reopen_below(ROOT)

    def show_place(self, path: Path) -> None:
        """Make a place current and visible."""
        index = self.json.find(path)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, self.ScrollHint.PositionAtCenter)

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        item = self.json.item(index)
        if not isinstance(item, Place):
            return []
        path = item.path
        return [
            self.copying(self.tr("Value"), "Ctrl+C", lambda: str(index.data(COPY_ROLE))),
            self.copying(self.tr("Path"), "Ctrl+Shift+C", lambda: pointer(path)),
            self.copying(self.tr("--format template"), "Ctrl+Alt+C", lambda: template(path)),
            self.copying(self.tr("jq path"), "Ctrl+Alt+J", lambda: jq(path)),
        ]

    def _reopen_below(self, parent: QModelIndex) -> None:
        for row in range(self.json.rowCount(parent)):
            index = self.json.index(row, 0, parent)
            item = self.json.item(index)
            if isinstance(item, Place) and item.path in self._open:
                self.json.fetchMore(index)
                self.expand(index)
                self._reopen_below(index)

    def _note_open(self, index: QModelIndex) -> None:
        if isinstance(item := self.json.item(index), Place):
            self._open.add(item.path)

    def _note_closed(self, index: QModelIndex) -> None:
        item = self.json.item(index)
        if not isinstance(item, Group):
            self._open.discard(item.path)
