"""The parts of the window in the order in which keys go through them.

Qt goes through widgets in the order in which they were made, and many are made late.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

TAB = Qt.FocusReason.TabFocusReason
BACKTAB = Qt.FocusReason.BacktabFocusReason


class Panes:
    """Tab goes to the next control, F6 to the next pane."""

    def __init__(self, window: QWidget, bars: Sequence[QWidget], panes: Sequence[QWidget]) -> None:
        """`bars` are above the panes, and are for Tab only."""
        self._window, self._panes = window, tuple(panes)
        self._parts = (*bars, *panes)

    def step(self, *, forwards: bool) -> bool:
        """Go to the next control, or to the one before; whether there is one."""
        ring = [control for part in self._parts for control in self._controls(part)]
        focused = QApplication.focusWidget()
        if focused not in ring:
            return False
        way = 1 if forwards else -1
        ring[(ring.index(focused) + way) % len(ring)].setFocus(TAB if forwards else BACKTAB)
        return True

    def jump(self, *, forwards: bool) -> None:
        """Go to the next pane, to where the user was in it, or to the one before."""
        panes = [pane for pane in self._panes if next(self._controls(pane), None)]
        if not panes:
            return
        focused = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if _holds(pane, focused)), None)
        if here is None:
            here = -1 if forwards else 0
        self.enter(panes[(here + (1 if forwards else -1)) % len(panes)])

    def enter(self, pane: QWidget) -> None:
        """Go to where the user was in a pane, else to its first list, else to its first control."""
        controls = list(self._controls(pane))
        lists = [control for control in controls if isinstance(control, QAbstractItemView)]
        before = [control for control in controls if control is pane.focusWidget()]
        for control in (before or lists or controls)[:1]:
            control.setFocus(TAB)

    def _controls(self, part: QWidget) -> Iterator[QWidget]:
        control = self._window.nextInFocusChain()
        while control and control is not self._window:
            if _takes_tab(control) and _holds(part, control):
                yield control
            control = control.nextInFocusChain()


def _takes_tab(control: QWidget) -> bool:
    by_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and control.isVisible() and control.isEnabled() and not control.focusProxy()


def _holds(part: QWidget, control: QWidget | None) -> bool:
    return control is not None and (part is control or part.isAncestorOf(control))
