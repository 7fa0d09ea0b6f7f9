"""Small flat buttons, each with a name and a tooltip."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from layerhold import resources
from layerhold.wording.quoting import tooltip


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
