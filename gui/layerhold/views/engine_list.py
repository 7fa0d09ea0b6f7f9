"""The sidebar list `Engines`: which there are, which one is shown, and why others are of no use."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidgetItem, QWidget

from layerhold import resources, wording
from layerhold.colours import Role
from layerhold.domain.errors import Failure
from layerhold.engine.about import About, Endpoint, Kind
from layerhold.formatting import visible
from layerhold.jobs.asking import is_late
from layerhold.models.answers import Answered, with_shown
from layerhold.models.sidebar_roles import ASIDE
from layerhold.views.sidebar_item import SidebarItem
from layerhold.views.sidebar_list import SidebarList
from layerhold.views.titles import engine
from layerhold.wording.quoting import name, tooltip
from layerhold.wording.unreachable import briefly

PLACE, ANSWER = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class _Item(SidebarItem):
    """What is said aside is why an engine is of no use."""

    most_aside = 0.6


class EngineList(SidebarList):
    """The one that is shown has a tick instead of its own sign."""

    chosen = Signal(object)
    """The `Endpoint` that the user wants to see."""
    refused = Signal(object)
    """The `Failure` for which an engine that the user wants to see is of no use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Engines"), parent)
        self.setItemDelegate(_Item(self))
        self._engines: tuple[Answered, ...] = ()
        self._shown: Endpoint | None = None
        self._about: About | None = None
        self.itemActivated.connect(self._open)

    def show_engines(self, engines: Iterable[Answered]) -> None:
        """List these, in their order."""
        self._engines = tuple(engines)
        self._fill()

    def mark(self, endpoint: Endpoint | None, about: About | None = None) -> None:
        """Mark the engine that the window shows; what it says itself counts most."""
        if (endpoint, about) != (self._shown, self._about):
            self._shown, self._about = endpoint, about
            self._fill()

    def _fill(self) -> None:
        """Whoever is in the list stays at their engine."""
        current: QListWidgetItem | None = self.currentItem()
        before = current.data(PLACE).url if current else ""
        self.clear()
        for endpoint, answer in self._places():
            self._add(endpoint, answer)
            if endpoint.url == before:
                self.setCurrentRow(self.count() - 1)
        self.setVisible(self.count() > 0)
        self.updateGeometry()

    def _places(self) -> tuple[Answered, ...]:
        return with_shown(self._engines, self._shown, self._about)

    def _add(self, endpoint: Endpoint, answer: About | Failure | None) -> None:
        is_shown = self._shown is not None and endpoint.url == self._shown.url
        called, aside = visible(endpoint.name, 60), _aside(answer)
        spoken = (called, aside, self.tr("shown") if is_shown else "")
        now = self.tr("This is the engine that you see.") if is_shown else ""
        item = QListWidgetItem(_icon(answer, is_shown=is_shown), called)
        item.setData(PLACE, endpoint)
        item.setData(ANSWER, answer)
        item.setData(ASIDE, aside)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, spoken)))
        told = (_told(answer), name(endpoint.url), now)
        item.setToolTip(tooltip("\n".join(filter(None, told))))
        self.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        endpoint, answer = item.data(PLACE), item.data(ANSWER)
        if self._shown and endpoint.url == self._shown.url:
            return
        if isinstance(answer, Failure) and not is_late(answer):
            self.refused.emit(answer)
        else:
            self.chosen.emit(endpoint)


def _icon(answer: About | Failure | None, *, is_shown: bool) -> QIcon:
    if is_shown:
        return resources.icon("success", Role.OK)
    if isinstance(answer, Failure):
        return resources.icon("docker-off", Role.QUIET)
    is_store = isinstance(answer, About) and answer.kind is Kind.STORE
    return resources.icon("disk" if is_store else "engine", Role.QUIET)


def _aside(answer: About | Failure | None) -> str:
    return briefly(answer) if isinstance(answer, Failure) else ""


def _told(answer: About | Failure | None) -> str:
    if isinstance(answer, Failure):
        said = wording.explain(answer)
        return "\n".join(filter(None, (said.what, said.hint)))
    return engine(answer) if answer else ""
