"""Buttons, each with a name and a tooltip, and the row of them below a list."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from layerhold import resources
from layerhold.wording.quoting import tooltip

ICON = QSize(20, 16)
"""Wider than what is drawn, which keeps the word at a distance."""


def icon_button(icon: str, name: str, tip: str = "") -> QToolButton:
    """A button that is only a picture; the name is spoken, and is the tooltip unless given."""
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIcon(resources.icon(icon))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(tooltip(tip or name))
    return button


def word_button(text: str, tip: str) -> QToolButton:
    """A button that is only a word."""
    button = QToolButton()
    button.setAutoRaise(True)
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(text)
    button.setToolTip(tooltip(tip))
    return button


def push_button(icon: str, text: str, tip: str) -> QPushButton:
    """A button with a picture and a word."""
    button = QPushButton(resources.icon(icon), text)
    button.setIconSize(ICON)
    button.setAccessibleName(text)
    button.setToolTip(tooltip(tip))
    return button


def put_below(page: QWidget, content: QWidget, buttons: Iterable[QPushButton]) -> None:
    """Fill a page with its content, and a row of buttons that act on it."""
    row = QHBoxLayout()
    row.setContentsMargins(8, 8, 8, 8)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(content)
    column.addLayout(row)
    page.setFocusProxy(content)
