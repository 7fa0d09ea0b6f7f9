"""The sidebar list `Views`: which images the list is about, and how many there are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.models.image_views import Counts, View
from layerhold.models.sidebar_roles import ASIDE
from layerhold.views.sidebar_list import SidebarList
from layerhold.wording.counting import images

ICONS = {
    View.ALL: "image",
    View.IN_USE: "running",
    View.UNUSED: "stopped",
    View.DANGLING: "dangling",
}


class ViewList(SidebarList):
    """One view is always chosen."""

    view_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Views"), parent)
        for view in View:
            self._add(view)
        self.show_counts(Counts())
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._announce)

    @property
    def view(self) -> View:
        return list(View)[self.currentRow()]

    def choose(self, view: View) -> None:
        """Go to a view."""
        self.setCurrentRow(list(View).index(view))

    def show_counts(self, counts: Counts) -> None:
        """Show how many images each view holds."""
        for row, view in enumerate(View):
            item, count = self.item(row), counts.of(view)
            item.setData(ASIDE, f"{count:,}")
            spoken = f"{item.text()}, {images(count)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _add(self, view: View) -> None:
        text, hint = {
            View.ALL: (self.tr("All"), self.tr("Every image of the engine")),
            View.IN_USE: (self.tr("In use"), self.tr("Images that a container needs")),
            View.UNUSED: (self.tr("Unused"), self.tr("Images that no container needs")),
            View.DANGLING: (self.tr("Dangling"), self.tr("Images that have no tag any more")),
        }[view]
        item = QListWidgetItem(resources.icon(ICONS[view], Role.QUIET), text)
        item.setToolTip(hint)
        self.addItem(item)

    def _announce(self, row: int) -> None:
        if row >= 0:
            self.view_chosen.emit(list(View)[row])
