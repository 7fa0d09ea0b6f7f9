"""What stands above the document: search, tree or text, copy and save."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from layerhold.views.details.buttons import icon_button, word_button
from layerhold.views.details.search_bar import SearchBar


class InspectBar(QWidget):
    """Announces which form was chosen."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchBar()
        self.tree = word_button(self.tr("Tree"), self.tr("Show the JSON as a tree"))
        self.text = word_button(self.tr("Text"), self.tr("Show the JSON as text"))
        self.copier = icon_button("copy", self.tr("Copy all"), self.tr("Copy the whole document"))
        self.saver = icon_button("save", self.tr("Save…"), self.tr("Save the whole document"))
        self._forms = QButtonGroup(self)

        self._place()
        self.tree.setChecked(True)
        self._forms.idToggled.connect(self._announce)

    @property
    def as_text(self) -> bool:
        return self.text.isChecked()

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.search, stretch=1)
        row.addStretch()
        for button in (self.tree, self.text):
            button.setCheckable(True)
            self._forms.addButton(button)
            row.addWidget(button)
        row.addSpacing(12)
        row.addWidget(self.copier)
        row.addWidget(self.saver)

    def _announce(self, _button: int, checked: bool) -> None:
        if checked:
            self.chosen.emit()
