"""Ctrl+C in texts that can only be read: it would copy the selected images instead."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class OwnCopy(QObject):
    """Keeps the key for a text, as Qt does by itself only for texts that can be changed."""

    def __init__(self, text: QWidget) -> None:
        super().__init__(text)
        text.installEventFilter(self)

    def eventFilter(self, _text: QObject, event: QEvent) -> bool:
        kept = event.type() == QEvent.Type.ShortcutOverride and _copies(event)
        if kept:
            event.accept()
        return kept


def _copies(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)
