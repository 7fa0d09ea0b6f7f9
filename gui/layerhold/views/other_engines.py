"""Engines that answer where the one that was asked for does not."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from layerhold.engine.about import About, Endpoint
from layerhold.formatting import visible
from layerhold.views.titles import engine
from layerhold.wording.quoting import tooltip

MOST = 4
"""The menu of engines has them all."""


class OtherEngines(QWidget):
    """A button for each; hidden where there is none."""

    chosen = Signal(object)
    """The `Endpoint` that the user wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_engines(self, engines: Iterable[tuple[Endpoint, About]]) -> None:
        """Offer these."""
        self.clear()
        for endpoint, about in list(engines)[:MOST]:
            self.buttons.append(button := self._button(endpoint, about))
            self._column.addWidget(button, alignment=Qt.AlignmentFlag.AlignCenter)
        self.setVisible(bool(self.buttons))

    def clear(self) -> None:
        """Offer nothing."""
        for button in self.buttons:
            button.deleteLater()
        self.buttons.clear()
        self.hide()

    def _button(self, endpoint: Endpoint, about: About) -> QPushButton:
        text = self.tr("Show {engine}").replace("{engine}", visible(endpoint.name, 60))
        button = QPushButton(text.replace("&", "&&"))
        button.setAccessibleName(text)
        button.setToolTip(tooltip(f"{engine(about)}\n{visible(endpoint.url)}"))
        button.clicked.connect(lambda: self.chosen.emit(endpoint))
        return button
