"""The tab that shows what the image is set up to do."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QUrl, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from layerhold.domain.document import Unreadable
from layerhold.jobs.describing import Description
from layerhold.models.config_facts import config_facts
from layerhold.models.facts import ADDRESS_ROLE, FactTree
from layerhold.models.lazy_tree import COPY_ROLE
from layerhold.views.details.detail_tree import DetailTree, Offer
from layerhold.views.details.page import Page

NAME_WIDTH = 240


class Config(Page):
    """Names and values; groups are open from the start."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = FactView(self.tr("Config"), FactTree(self))
        self.hold(self.tree)
        self.clear()

    def show_description(self, description: Description) -> None:
        """Show what the engine's JSON says."""
        try:
            facts = config_facts(description.inspect)
        except Unreadable:
            self.clear(self.tr("The engine's answer is not JSON that Layerhold can read."))
            return
        self.tree.facts.plant(facts)
        self.tree.expandAll()
        self.say("")

    def clear(self, sentence: str = "") -> None:
        """Show nothing but a sentence."""
        self.tree.facts.plant(())
        self.say(sentence or " ")


class FactView(DetailTree):
    """The tree itself; web addresses are opened only on an explicit wish."""

    address_wanted = Signal(QUrl)

    def __init__(self, name: str, model: FactTree, parent: QWidget | None = None) -> None:
        super().__init__(name, model, parent)
        self.facts = model
        self.setExpandsOnDoubleClick(False)
        self.header().resizeSection(0, NAME_WIDTH)
        self.activated.connect(self._activate)

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        value = index.siblingAtColumn(1)
        name = str(index.data())
        offers = [
            self.copying(self.tr("Value"), "Ctrl+C", lambda: str(value.data(COPY_ROLE) or "")),
            self.copying(self.tr("Name"), "Ctrl+Shift+C", lambda: name),
        ]
        if address := value.data(ADDRESS_ROLE):
            label = self.tr("Open in the browser")
            offers.append(Offer(label, lambda: self._open(address), QKeySequence("Ctrl+Return")))
        return offers

    def _activate(self, index: QModelIndex) -> None:
        if address := index.siblingAtColumn(1).data(ADDRESS_ROLE):
            self._open(address)

    def _open(self, address: str) -> None:
        self.address_wanted.emit(QUrl(address, QUrl.ParsingMode.StrictMode))
