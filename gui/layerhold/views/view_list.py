"""The sidebar list `Views`: which images the list is about, and how many there are."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.engine.about import About
from layerhold.models.image_views import Counts, View
from layerhold.models.sidebar_roles import ASIDE
from layerhold.views.sidebar_list import SidebarList
from layerhold.wording.abilities import Ability, lack
from layerhold.wording.counting import images

translate = QCoreApplication.translate

ICONS = {
    View.ALL: "image",
    View.IN_USE: "running",
    View.UNUSED: "stopped",
    View.DANGLING: "dangling",
}
OF_CONTAINERS = frozenset({View.IN_USE, View.UNUSED})


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

    def show_engine(self, about: About | None) -> None:
        """Offer the views that make sense on this engine."""
        reason = lack(about, Ability.CONTAINERS)
        if reason and self.view in OF_CONTAINERS:
            self.choose(View.ALL)
        for row, view in enumerate(View):
            item, usual = self.item(row), Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if view in OF_CONTAINERS:
                item.setFlags(Qt.ItemFlag.NoItemFlags if reason else usual)
                item.setToolTip(reason or _words(view)[1])

    def _add(self, view: View) -> None:
        text, hint = _words(view)
        item = QListWidgetItem(resources.icon(ICONS[view], Role.QUIET), text)
        item.setToolTip(hint)
        self.addItem(item)

    def _announce(self, row: int) -> None:
        if row >= 0:
            self.view_chosen.emit(list(View)[row])


def _words(view: View) -> tuple[str, str]:
    """What the view is called, and which images it holds."""
    return {
        View.ALL: (
            translate("ViewList", "All"),
            translate("ViewList", "Every image of the engine"),
        ),
        View.IN_USE: (
            translate("ViewList", "In use"),
            translate("ViewList", "Images that a container needs"),
        ),
        View.UNUSED: (
            translate("ViewList", "Unused"),
            translate("ViewList", "Images that no container needs"),
        ),
        View.DANGLING: (
            translate("ViewList", "Dangling"),
            translate("ViewList", "Images that have no tag any more"),
        ),
    }[view]
