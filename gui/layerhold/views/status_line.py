"""The line at the bottom: how many images, what they cost, what a selection would free."""

from time import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from layerhold import formatting, resources
from layerhold.colours import Role
from layerhold.planning.sharing import Bytes
from layerhold.views.announcing import announce
from layerhold.views.selection import Selection
from layerhold.wording import counting
from layerhold.wording.weights import freed as approximately

SIGN = 14
"""Pixels."""
CONFIRMED_MILLISECONDS = 4000
"""How long it says in passing that something was done."""


class StatusLine(QStatusBar):
    """Facts on the left, the selection beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self._facts = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._selection = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._sign, self._as_of = QLabel(), QLabel(textFormat=Qt.TextFormat.PlainText)
        self.setSizeGripEnabled(False)
        self.addWidget(self._sign)
        self.addWidget(self._as_of)
        self.addWidget(self._facts)
        self.addWidget(self._selection)
        self.show_as_of(0)

    def confirm(self, text: str) -> None:
        """Say for a moment that something small was done, where it moves nothing."""
        self.showMessage(text, CONFIRMED_MILLISECONDS)
        announce(self, text)

    def show_as_of(self, seconds: int) -> None:
        """Say from when everything is that is shown (Unix seconds), or with 0 that it is true."""
        for label in (self._sign, self._as_of):
            label.setVisible(seconds > 0)
        if seconds:
            at = formatting.clock(seconds, time())
            self._as_of.setText(self.tr("As of {time}").format(time=at))
            self._sign.setPixmap(resources.icon("warning", Role.CARE).pixmap(SIGN, SIGN))

    @property
    def as_of_text(self) -> str:
        """From when it says that everything is; empty while it is true."""
        return "" if self._as_of.isHidden() else self._as_of.text()

    def show_images(self, shown: int, images: int, on_disk: Bytes | None) -> None:
        """Tell the numbers; bytes on disk are left out while unknown."""
        parts = [counting.images(images)]
        if shown != images:
            parts.insert(0, self.tr("{shown} shown").format(shown=shown))
        if on_disk is not None:
            parts.append(self.tr("{size} on disk").format(size=approximately(on_disk)))
        self._facts.setText(" · ".join(parts))

    @property
    def selection_text(self) -> str:
        """What is said about the selection."""
        return self._selection.text()

    def show_selection(self, selection: Selection) -> None:
        """Tell what is listed for the selection, and what removing it would free."""
        self._selection.setVisible(bool(selection.targets))
        text = self.tr("{count} selected: {listed} listed").format(
            count=len(selection.targets), listed=formatting.size(selection.listed)
        )
        if selection.freed is not None:
            freed = approximately(selection.freed)
            text += self.tr(", {freed} would be freed").format(freed=freed)
        self._selection.setText(text)
