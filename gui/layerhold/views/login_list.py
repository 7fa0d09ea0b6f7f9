"""The sidebar list `Logins`: at which registries the user is known, and as whom."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidgetItem, QMenu, QWidget

from layerhold import resources
from layerhold.colours import Role
from layerhold.models.sidebar_roles import ASIDE
from layerhold.registry import hosts
from layerhold.registry.places import Keeper, KnownLogin
from layerhold.views.sidebar_list import SidebarList
from layerhold.wording.quoting import name, tooltip

translate = QCoreApplication.translate

LOGIN = Qt.ItemDataRole.UserRole + 1


class LoginList(SidebarList):
    """Never shows a secret, since it never gets one."""

    renewal_wanted = Signal(str)
    """A registry at which the user wants to log in again."""
    logout_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Logins"), parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.itemActivated.connect(lambda item: self.renewal_wanted.emit(item.data(LOGIN).registry))

    @property
    def login(self) -> KnownLogin | None:
        """The selected one."""
        found = self.currentIndex().data(LOGIN)
        return found if isinstance(found, KnownLogin) else None

    def show_logins(self, logins: Sequence[KnownLogin]) -> None:
        """Show these, and keep the place."""
        before = self.login.registry if self.login else ""
        self.clear()
        for login in logins:
            self._add(login)
            if login.registry == before:
                self.setCurrentRow(self.count() - 1)
        self.setVisible(bool(logins))
        self.updateGeometry()

    def menu(self, login: KnownLogin) -> QMenu:
        """What can be done with a login."""
        menu = QMenu(self)
        again = QAction(self.tr("Log &in…"), menu)
        again.setShortcut(QKeySequence("Return"))
        again.triggered.connect(lambda: self.renewal_wanted.emit(login.registry))
        out = QAction(self.tr("Log &out…"), menu)
        out.setShortcut(QKeySequence.StandardKey.Delete)
        out.triggered.connect(lambda: self.logout_wanted.emit(login))
        menu.addActions([again, out])
        return menu

    def event(self, event: QEvent) -> bool:
        # The window has Delete for images; here it means the login.
        if event.type() == QEvent.Type.ShortcutOverride and self._leaves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.login and self._leaves(event):
            self.logout_wanted.emit(self.login)
        else:
            super().keyPressEvent(event)

    def _leaves(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Delete)

    def _add(self, login: KnownLogin) -> None:
        hub = login.registry == hosts.HUB
        called = self.tr("Docker Hub") if hub else name(login.registry)
        item = QListWidgetItem(resources.icon("login", Role.QUIET), called)
        item.setData(ASIDE, name(login.user))
        item.setData(LOGIN, login)
        said = f"{called}, {name(login.user)}" if login.user else called
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(tooltip(f"{said}\n{_kept(login)}"))
        self.addItem(item)

    def _open_menu(self, position: QPoint) -> None:
        if login := self.indexAt(position).data(LOGIN) or self.login:
            self.menu(login).popup(self.viewport().mapToGlobal(position))


def _kept(login: KnownLogin) -> str:
    text = {
        Keeper.HELPER: translate("LoginList", "Kept by the credential helper “{name}”"),
        Keeper.CONFIG: translate("LoginList", "Kept in {name}"),
        Keeper.KEYRING: translate("LoginList", "Kept in the desktop's keyring, for Layerhold only"),
    }[login.place.keeper]
    return text.replace("{name}", name(login.place.name))
