"""The menu of engines: which there are, and which one is shown."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from layerhold import wording
from layerhold.domain.errors import Failure
from layerhold.engine.about import About, Endpoint, Kind
from layerhold.formatting import visible
from layerhold.jobs.asking import is_late
from layerhold.models.answers import Answered, with_shown
from layerhold.wording.quoting import tooltip
from layerhold.wording.unreachable import briefly


class EngineMenu(QMenu):
    """Every engine that was found, with the one shown ticked, and those off that do not answer."""

    chosen = Signal(object)
    """The `Endpoint` that the user wants to see."""
    opened = Signal()
    """The menu is about to be shown: look whether other engines answer by now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Engine"))
        self.setAccessibleName(self.tr("Engine"))
        self._group = QActionGroup(self)
        self._endpoints: tuple[Answered, ...] = ()
        self._current: Endpoint | None = None
        self._about: About | None = None
        self._fixed: list[QAction] = []
        self._built: tuple[tuple[Answered, ...], Endpoint | None] = ((), None)
        self.aboutToShow.connect(self.opened)

    def hold(self, actions: Iterable[QAction]) -> None:
        """Keep these below the engines."""
        self._fixed = list(actions)
        self.addSeparator()
        self.addActions(self._fixed)

    def show_engines(self, engines: Iterable[Answered]) -> None:
        """List these, in their order."""
        self._endpoints = tuple(engines)
        self._build()

    def tick(self, endpoint: Endpoint | None, about: About | None = None) -> None:
        """Mark the engine that the window shows; what it says itself counts most."""
        self._current, self._about = endpoint, about
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

    def _places(self) -> tuple[Answered, ...]:
        return with_shown(self._endpoints, self._current, self._about)

    def _add(self, endpoint: Endpoint, answer: About | Failure | None) -> None:
        action = QAction(visible(endpoint.name, 60).replace("&", "&&"), self, checkable=True)
        tip = self.tr("Show the engine at {address}")
        action.setData(endpoint.url)
        action.setToolTip(tip.replace("{address}", visible(endpoint.url)))
        self._show_answer(action, answer)
        action.setChecked(self._current is not None and endpoint.url == self._current.url)
        action.triggered.connect(lambda: self.chosen.emit(endpoint))
        self._group.addAction(action)
        self.addAction(action)

    def _show_answer(self, action: QAction, answer: About | Failure | None) -> None:
        aside = ""
        if isinstance(answer, Failure):
            aside = briefly(answer)
            action.setEnabled(is_late(answer))
            action.setToolTip(tooltip(wording.explain(answer).what))
        elif answer and answer.kind is not Kind.STORE:
            aside = f"{answer.kind.value} {visible(answer.version, 20)}"
        if aside:
            action.setText(f"{action.text()} · {aside.replace('&', '&&')}")
