"""The tab that shows which containers use the image."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.models.lazy_tree import COPY_ROLE
from layerhold.models.user_list import User, user_list, users
from layerhold.views.details.detail_tree import DetailTree, Offer
from layerhold.views.details.page import Page

WIDTHS = (200, 120, 220)


class UsedBy(Page):
    """Containers by name; says so where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = UserView(self.tr("Used by"), self)
        self.hold(self.tree)
        self.say(" ")

    def show_image(self, image: Image | None, containers: Sequence[Container]) -> None:
        """Bring the list to the containers that use the image now."""
        self.tree.users.replant(users(image, containers))
        none = self.tr("No container uses this image.") if image else " "
        self.say("" if containers else none)


class UserView(DetailTree):
    """The list itself."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self.users = user_list(parent)
        super().__init__(name, self.users, parent)
        self.setIndentation(12)
        for column, width in enumerate(WIDTHS):
            self.header().resizeSection(column, width)

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        user: User = self.users.item(index)
        return [
            self.copying(self.tr("Name"), "Ctrl+C", lambda: str(index.data(COPY_ROLE))),
            self.copying("ID", "Ctrl+Shift+C", lambda: user.container.id),
        ]
