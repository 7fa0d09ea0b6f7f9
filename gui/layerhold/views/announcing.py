"""Says to assistive technology what has come to be seen elsewhere than where the keyboard is."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

Politeness = QAccessible.AnnouncementPoliteness


def announce(where: QWidget, text: str, politeness: Politeness = Politeness.Polite) -> None:
    """Have it read out; politely means after what is being said."""
    event = QAccessibleAnnouncementEvent(where, text)
    event.setPoliteness(politeness)
    QAccessible.updateAccessibility(event)
