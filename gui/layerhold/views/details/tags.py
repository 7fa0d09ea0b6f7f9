"""The tab that shows everything that the image is called."""

from collections.abc import Sequence
from shlex import quote

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QWidget

from layerhold.domain.images import Image
from layerhold.models.reference_list import Name, names, reference_list
from layerhold.views.details.buttons import push_button, put_below
from layerhold.views.details.detail_tree import DetailTree, Offer

KIND_WIDTH = 96


class Tags(QWidget):
    """Tags and digests, and what can be done with each."""

    tagging_wanted = Signal()
    untagging_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = ReferenceView(self.tr("Tags"), self)
        self.tagger = push_button("tag", self.tr("Tag…"), self.tr("Give the image another tag"))
        self.untagger = push_button(
            "untag", self.tr("Untag"), self.tr("Take the selected tag from the image (Delete)")
        )
        self.copier = push_button(
            "copy", self.tr("Copy"), self.tr("Copy the selected reference (Ctrl+C)")
        )
        self.puller = push_button(
            "pull",
            self.tr("Copy pull command"),
            self.tr("Copy the command that pulls it (Ctrl+Shift+L)"),
        )
        put_below(self, self.tree, (self.tagger, self.untagger, self.copier, self.puller))
        self._connect()

    def show_image(self, image: Image | None) -> None:
        """Bring the list to what the image is called now."""
        self.tree.references.replant(names(image))
        if image and not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.references.index(0, 0))
        self.tagger.setEnabled(image is not None)
        self._enable()

    def _connect(self) -> None:
        self.tagger.clicked.connect(self.tagging_wanted)
        self.untagger.clicked.connect(self.tree.untag)
        self.copier.clicked.connect(self.tree.copy_reference)
        self.puller.clicked.connect(self.tree.copy_pull_command)
        self.tree.untagging_wanted.connect(self.untagging_wanted)
        self.tree.selectionModel().currentChanged.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        name = self.tree.name()
        self.untagger.setEnabled(name is not None and name.tag)
        self.copier.setEnabled(name is not None)
        self.puller.setEnabled(name is not None)


class ReferenceView(DetailTree):
    """The list itself."""

    untagging_wanted = Signal(str)
    program = "docker"
    """The command that pulls on this engine."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self.references = reference_list(parent)
        super().__init__(name, self.references, parent)
        self.setIndentation(12)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, KIND_WIDTH)

    def name(self) -> Name | None:
        """The selected reference."""
        index = self.currentIndex()
        return self.references.item(index) if index.isValid() else None

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        name: Name = self.references.item(index)
        pull = f"{self.program} pull {quote(name.reference)}"
        return [
            self.copying(self.tr("Reference"), "Ctrl+C", lambda: name.reference),
            self.copying(self.tr("Pull command"), "Ctrl+Shift+L", lambda: pull),
            Offer(
                self.tr("Untag"),
                lambda: self.untagging_wanted.emit(name.reference),
                QKeySequence(Qt.Key.Key_Delete),
                enabled=name.tag,
            ),
        ]

    def copy_reference(self) -> None:
        self._do(0)

    def copy_pull_command(self) -> None:
        self._do(1)

    def untag(self) -> None:
        self._do(2)

    def _do(self, at: int) -> None:
        if (index := self.currentIndex()).isValid():
            self.offers(index)[at].act()
