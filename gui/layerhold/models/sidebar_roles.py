"""What the lists of the sidebar ask of their rows beside Qt's own roles."""

from PySide6.QtCore import Qt

ASIDE = Qt.ItemDataRole.UserRole
"""The text at the right."""
