"""What can be done with the container that is chosen on the tab `Used by`, as Qt actions."""

from functools import partial
from time import time

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from layerhold import resources
from layerhold.domain.containers import Container
from layerhold.engine.about import About
from layerhold.views.details.container_wishes import LOOKS, Wish, key, possible
from layerhold.wording.abilities import Ability, lack
from layerhold.wording.container_status import status
from layerhold.wording.quoting import name

ONLY_IN_LIST = frozenset({Wish.LOG, Wish.REMOVE})
"""Their keys mean something else elsewhere in the window."""


class ContainerCommands(QObject):
    """The same wishes as on the tab, for the menu `Container`."""

    wanted = Signal(object, object)
    """A `Wish`, and the `Container` that it is about."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._container: Container | None = None
        self._connected = False
        self._about: About | None = None
        self.by_wish = {wish: self._make(window, wish) for wish in Wish}
        self._follow()

    @property
    def actions(self) -> list[QAction]:
        return list(self.by_wish.values())

    def choose(self, container: Container | None) -> None:
        """Mean this one from now on."""
        self._container = container
        self._follow()

    def allow(self, *, connected: bool, about: About | None = None) -> None:
        """Offer something while there is an engine that can do it."""
        self._connected, self._about = connected, about
        self._follow()

    def _make(self, window: QWidget, wish: Wish) -> QAction:
        look = LOOKS[wish]
        action = QAction(resources.icon(look.icon), look.entry(), window)
        if wish not in ONLY_IN_LIST:
            action.setShortcut(key(wish))
        action.triggered.connect(partial(self._wish, wish))
        window.addAction(action)
        return action

    def _wish(self, wish: Wish, _checked: bool = False) -> None:
        if self._container:
            self.wanted.emit(wish, self._container)

    def _follow(self) -> None:
        for wish, action in self.by_wish.items():
            reason = self._reason(wish)
            action.setEnabled(not reason)
            action.setToolTip(reason or self._says(wish))
            action.setStatusTip(action.toolTip())

    def _says(self, wish: Wish) -> str:
        called = name(self._container.name) if self._container else ""
        return f"{LOOKS[wish].tip()}: {called}"

    def _reason(self, wish: Wish) -> str:
        """Why it cannot be wished now; empty if it can."""
        if reason := lack(self._about, Ability.CONTAINERS):
            return reason
        container = self._container
        if container is None:
            return self.tr("Choose a container on the tab “Used by” of its image")
        if not self._connected:
            return self.tr("No engine answers")
        if not possible(wish, container):
            text = self.tr("Not while {container} is as it is: {status}")
            said = status(container, time()) or container.state.value
            return text.replace("{container}", name(container.name)).replace("{status}", said)
        return ""
