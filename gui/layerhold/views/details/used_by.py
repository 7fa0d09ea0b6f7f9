"""The tab that shows which containers use the image, and what can be done with them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.models.lazy_tree import COPY_ROLE
from layerhold.models.user_list import STATUS, User, user_list, users
from layerhold.views.ageing import TreeAgeing
from layerhold.views.details.buttons import push_button, put_below
from layerhold.views.details.container_wishes import LOOKS, Wish, key, possible
from layerhold.views.details.detail_tree import DetailTree, Offer
from layerhold.views.details.page import Page
from layerhold.wording.container_status import status_since

WIDTHS = (184, 112, 232, 176)


class UsedBy(Page):
    """Containers by name; says so where there are none."""

    container_wanted = Signal(object, object)
    """A `Wish`, and the `Container` that it is about."""
    container_changed = Signal()
    """Another one is chosen, or the chosen one does something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = UserView(self.tr("Used by"), self)
        self.buttons = {wish: self._button(wish) for wish in Wish}
        self.hold(self._content_of_page())
        self.tree.container_wanted.connect(self.container_wanted)
        self.tree.selectionModel().currentChanged.connect(self._enable)
        self.say(" ")

    def show_image(self, image: Image | None, containers: Sequence[Container]) -> None:
        """Bring the list to the containers that use the image now."""
        self.tree.users.replant(users(image, containers))
        if containers and not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.users.index(0, 0))
        none = self.tr("No container uses this image.") if image else " "
        self.say("" if containers else none)
        self._enable()

    def _button(self, wish: Wish) -> QPushButton:
        look, shortcut = LOOKS[wish], key(wish)
        spelled = shortcut.toString(shortcut.SequenceFormat.NativeText)
        button = push_button(look.icon, look.text(), f"{look.tip()} ({spelled})")
        button.clicked.connect(partial(self.tree.wish, wish))
        return button

    def _content_of_page(self) -> QWidget:
        content = QWidget()
        put_below(content, self.tree, self.buttons.values())
        return content

    def _enable(self) -> None:
        container = self.tree.container
        for wish, button in self.buttons.items():
            button.setEnabled(container is not None and possible(wish, container))
        self.container_changed.emit()


class UserView(DetailTree):
    """The list itself."""

    container_wanted = Signal(object, object)

    def __init__(self, name: str, parent: QWidget) -> None:
        self.users = user_list(parent)
        super().__init__(name, self.users, parent)
        self.setIndentation(12)
        ageing = TreeAgeing(self, STATUS, self._since)
        self.users.modelReset.connect(ageing.stop)
        self.users.rowsInserted.connect(ageing.stop)
        for column, width in enumerate(WIDTHS):
            self.header().resizeSection(column, width)
        self.doubleClicked.connect(lambda: self.wish(Wish.LOG))

    @property
    def container(self) -> Container | None:
        """The one in the current row."""
        index = self.currentIndex()
        return self.users.item(index).container if index.isValid() else None

    def _since(self, index: QModelIndex) -> int:
        return status_since(self.users.item(index).container)

    def wish(self, wish: Wish) -> None:
        """Wish something of the container in the current row."""
        if container := self.container:
            self.container_wanted.emit(wish, container)

    def offers(self, index: QModelIndex) -> Sequence[Offer]:
        user: User = self.users.item(index)
        return [
            self.copying(self.tr("Name"), "Ctrl+C", lambda: str(index.data(COPY_ROLE))),
            self.copying("ID", "Ctrl+Shift+C", lambda: user.container.id),
            *(self._offer(wish, user.container) for wish in Wish),
        ]

    def _offer(self, wish: Wish, container: Container) -> Offer:
        act = partial(self.container_wanted.emit, wish, container)
        return Offer(LOOKS[wish].text(), act, key(wish), possible(wish, container))
