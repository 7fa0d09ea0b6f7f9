"""The menu of engines: which there are, and which one is shown."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from layerhold.engine.api import About, Endpoint
from layerhold.formatting import visible

Place = tuple[Endpoint, About | None]
"""An engine, and what it says about itself as far as that is known."""


class EngineMenu(QMenu):
    """Every engine that was found, with the one shown ticked."""

    chosen = Signal(object)
    """The `Endpoint` that the user wants to see."""
    opened = Signal()
    """The menu is about to be shown: look whether other engines answer by now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Engine"))
        self.setAccessibleName(self.tr("Engine"))
        self._group = QActionGroup(self)
        self._endpoints: tuple[Place, ...] = ()
        self._current: Endpoint | None = None
        self._fixed: list[QAction] = []
        self._built: tuple[tuple[Place, ...], Endpoint | None] = ((), None)
        self.aboutToShow.connect(self.opened)

    def hold(self, actions: Iterable[QAction]) -> None:
        """Keep these below the engines."""
        self._fixed = list(actions)
        self.addSeparator()
        self.addActions(self._fixed)

    def show_engines(self, engines: Iterable[Place]) -> None:
        """List the engines that answer."""
        self._endpoints = tuple(engines)
        self._build()

    def tick(self, endpoint: Endpoint | None) -> None:
        """Mark the engine that the window shows."""
        self._current = endpoint
        self._build()

    def _build(self) -> None:
        """Whoever goes through the open menu by keyboard stays where they are."""
        places = self._places()
        if (places, self._current) == self._built:
            return
        self._built = places, self._current
        active: QAction | None = self.activeAction()
        kept = active.data() if active else None
        self.clear()
        for endpoint, about in places:
            self._add(endpoint, about)
        self.addSeparator()
        self.addActions(self._fixed)
        if active and self.isVisible():
            actions = [action for action in self.actions() if not action.isSeparator()]
            same = (it for it in actions if it is active or (kept and it.data() == kept))
            self.setActiveAction(next(same, actions[0]))

    def _places(self) -> tuple[Place, ...]:
        known = {endpoint.url for endpoint, _about in self._endpoints}
        if self._current and self._current.url not in known:
            return ((self._current, None), *self._endpoints)
        return self._endpoints

    def _add(self, endpoint: Endpoint, about: About | None) -> None:
        name = visible(endpoint.name, 60).replace("&", "&&")
        version = f" · {about.kind.value} {visible(about.version, 20)}" if about else ""
        action = QAction(f"{name}{version}", self, checkable=True)
        tip = self.tr("Show the engine at {address}")
        action.setData(endpoint.url)
        action.setToolTip(tip.replace("{address}", visible(endpoint.url)))
        action.setChecked(self._current is not None and endpoint.url == self._current.url)
        action.triggered.connect(lambda: self.chosen.emit(endpoint))
        self._group.addAction(action)
        self.addAction(action)
