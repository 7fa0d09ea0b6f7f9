"""What dialogs that ask for one thing have in common: fields on top, the verb at the right."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from layerhold.dialogs.sentences import note

TITLE_BAR = 40
"""Pixels that a desktop may want above a dialog."""


class VerbDialog(QDialog):
    """Enter presses the verb, unless care is needed: then it goes back."""

    def __init__(self, parent: QWidget | None, title: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.reason = note()
        self.cancel, self.verb = QPushButton(self.tr("&Cancel")), QPushButton(verb)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)

        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(16)
        self._column.addLayout(self.body, stretch=1)
        self._column.addLayout(self._row())

        self.verb.setToolTip(title)
        self.cancel.setToolTip(self.tr("Change nothing"))
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self.accept)

    def allow(self, reason: str | None = None, *, careful: bool = False) -> None:
        """Let the verb be pressed, or say why it cannot; an empty reason is not worth words."""
        self.verb.setEnabled(reason is None)
        self.verb.setToolTip(reason or self.windowTitle())
        self.reason.setText(reason or "")
        self.verb.setDefault(not careful)
        self.cancel.setDefault(careful)

    def open_at(self, width: int, height: int) -> None:
        """Begin with this size, or with what the screen has room for."""
        room = self.screen().availableSize()
        self.resize(min(width, room.width()), min(height, room.height() - TITLE_BAR))

    def confirmed(self) -> bool:
        """Show the dialog until the user has decided; whether for the verb."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self._enter()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def _grow(self) -> None:
        """Make room for what has appeared; Qt itself forgets about text that wraps."""
        needed = self._column.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _enter(self) -> None:
        """Begin with the first field: Tab comes to the buttons, which are older, last."""
        control = self.verb.nextInFocusChain()
        while control and not (_takes_keys(control) and control.isVisibleTo(self)):
            control = control.nextInFocusChain()
        if control:
            control.setFocus()

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, stretch=1)
        row.addWidget(self.cancel)
        row.addWidget(self.verb)
        return row


def _takes_keys(control: QWidget) -> bool:
    return bool(control.focusPolicy()) and control.isEnabled()
