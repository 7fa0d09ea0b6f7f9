"""The menu of engines: which there are, and which one is shown."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from layerhold.engine.api import About, Endpoint
from layerhold.formatting import visible


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
        self._endpoints: tuple[tuple[Endpoint, About | None], ...] = ()
        self._current: Endpoint | None = None
        self._fixed: list[QAction] = []
        self.aboutToShow.connect(self.opened)

    def hold(self, actions: Iterable[QAction]) -> None:
        """Keep these below the engines."""
        self._fixed = list(actions)
        self._build()

    def show_engines(self, engines: Iterable[tuple[Endpoint, About | None]]) -> None:
        """List the engines that answer."""
        self._endpoints = tuple(engines)
        self._build()

    def tick(self, endpoint: Endpoint | None) -> None:
        """Mark the engine that the window shows."""
        self._current = endpoint
        self._build()

    def _build(self) -> None:
        self.clear()
        known = {endpoint.url for endpoint, _about in self._endpoints}
        if self._current and self._current.url not in known:
            self._add(self._current, None)
        for endpoint, about in self._endpoints:
            self._add(endpoint, about)
        self.addSeparator()
        self.addActions(self._fixed)

    def _add(self, endpoint: Endpoint, about: About | None) -> None:
        name = visible(endpoint.name, 60).replace("&", "&&")
        version = f" · {about.kind.value} {visible(about.version, 20)}" if about else ""
        action = QAction(f"{name}{version}", self, checkable=True)
        tip = self.tr("Show the engine at {address}")
        action.setToolTip(tip.replace("{address}", visible(endpoint.url)))
        action.setChecked(self._current is not None and endpoint.url == self._current.url)
        action.triggered.connect(lambda: self.chosen.emit(endpoint))
        self._group.addAction(action)
        self.addAction(action)
