"""Looks at every control below a widget, as who cannot see or has no mouse would have to."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

TYPED = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)
LISTS = (QAbstractItemView, QTabBar)
WHOLE = (QLineEdit, QComboBox, QAbstractSpinBox, QHeaderView, QTabBar)
"""What Qt puts inside of these is part of them."""


def complaints(root: QWidget) -> Iterator[str]:
    """What each control in sight is short of: a name, a tooltip, or a way to it by keyboard."""
    for control in controls(root):
        called = f"{type(control).__name__} {spoken(control)!r} in {_where(control, root)}"
        if not spoken(control):
            yield f"{called} has no accessible name"
        if _asks(control) and not control.toolTip():
            yield f"{called} has no tooltip"
        if isinstance(control, QTabBar):
            yield from (
                f"{called}: tab {control.tabText(at)!r} has no tooltip"
                for at in range(control.count())
                if not control.tabToolTip(at)
            )
        if not control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield f"{called} cannot be reached by Tab"
    for header in root.findChildren(QHeaderView):
        if header.isVisible() and not header.accessibleName():
            yield f"The header of {_where(header, root)} has no accessible name"


def action_complaints(menu: QMenu) -> Iterator[str]:
    """What each entry of a menu, and of the menus in it, is short of."""
    for action in menu.actions():
        if action.isSeparator():
            continue
        if inner := action.menu():
            yield from action_complaints(inner)
        elif not says_more(action):
            yield f"{action.text()!r} has no tooltip"


def says_more(action: QAction) -> bool:
    """Qt makes a tooltip of the text where there is none."""
    text = action.text().replace("&", "").rstrip("…").rstrip(".")
    return action.toolTip() not in {"", text}


def controls(root: QWidget) -> list[QWidget]:
    """Everything to press, to type in, or to choose from."""
    wanted = (QAbstractButton, *TYPED, *LISTS)
    found = [it for it in root.findChildren(QWidget) if isinstance(it, wanted) and _shows(it)]
    return [it for it in found if not isinstance(it, QHeaderView) and not _is_inside(it, root)]


def spoken(control: QWidget) -> str:
    """What a screen reader calls it."""
    text = control.text() if isinstance(control, QAbstractButton) else ""
    buddy = _label(control)
    return control.accessibleName() or text.replace("&", "") or buddy


def _asks(control: QWidget) -> bool:
    """Whether something is wanted of the user; what is only read explains itself."""
    read_only = isinstance(control, QPlainTextEdit) and control.isReadOnly()
    return isinstance(control, (QAbstractButton, *TYPED)) and not read_only


def _shows(control: QWidget) -> bool:
    return control.isVisible()


def _label(control: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    labels = control.window().findChildren(QLabel)
    texts = (it.text().replace("&", "") for it in labels if it.buddy() is control)
    return next(texts, "")


def _is_inside(control: QWidget, root: QWidget) -> bool:
    parent = control.parentWidget()
    while parent and parent is not root:
        if isinstance(parent, WHOLE):
            return True
        parent = parent.parentWidget()
    return control.objectName().startswith("qt_")


def _where(control: QWidget, root: QWidget) -> str:
    names = []
    parent = control.parentWidget()
    while parent and parent is not root:
        names.append(parent.accessibleName() or type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names[:3])
