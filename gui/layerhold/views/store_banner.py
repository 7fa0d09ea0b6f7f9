"""A line over the list while the embedded store stands in for an engine, with the ways on."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from layerhold import resources
from layerhold.colours import Role, colours
from layerhold.domain.errors import Failure
from layerhold.engine.about import About, Endpoint, Kind
from layerhold.formatting import visible
from layerhold.library import Connection
from layerhold.wording.quoting import name

ICON_PIXELS = 20


class StoreBanner(QFrame):
    """Hidden for good once it is closed."""

    chosen = Signal(object)
    """The `Endpoint` of an engine that answers by now, and that the user wants to see."""

    def __init__(self, ways: Sequence[QAction], parent: QWidget | None = None) -> None:
        """`ways`: the commands with which to go on."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("No engine"))
        self._stands_in = self._closed = False
        self._other: Endpoint | None = None
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.show_other = QToolButton()
        self.ways = [_Way(command) for command in ways]
        self.closer = QToolButton(autoRaise=True)
        self._place()
        self._connect()
        self.show_engines(())

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def show_connection(self, connection: Connection) -> None:
        """Be there while the store is shown only because no engine answered."""
        self._stands_in = connection.stands_in
        self._follow()

    def show_engines(self, engines: Iterable[tuple[Endpoint, About | Failure]]) -> None:
        """Lead to an engine that answers by now."""
        answering = (
            place
            for place, answer in engines
            if isinstance(answer, About) and answer.kind is not Kind.STORE
        )
        self._other = next(answering, None)
        text = self.tr("No container engine answers. This is Layerhold's own store of images.")
        if self._other:
            called = visible(self._other.name, 60)
            text = self.tr("{engine} answers by now. This is Layerhold's own store of images.")
            text = text.replace("{engine}", name(self._other.name))
            show = self.tr("Show {engine}").replace("{engine}", called)
            self.show_other.setText(show.replace("&", "&&"))
            self.show_other.setAccessibleName(show)
        self._text.setText(text)
        self.setAccessibleDescription(text)
        self.show_other.setVisible(self._other is not None)

    def _follow(self) -> None:
        self.setVisible(self._stands_in and not self._closed)

    def _place(self) -> None:
        sign = QLabel()
        sign.setPixmap(resources.icon("info", Role.QUIET).pixmap(ICON_PIXELS, ICON_PIXELS))
        self._text.setMinimumWidth(160)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(sign)
        row.addWidget(self._text, stretch=1)
        for button in (self.show_other, *self.ways, self.closer):
            row.addWidget(button)

    def _connect(self) -> None:
        self.show_other.setToolTip(self.tr("Leave the store for this engine"))
        self.show_other.clicked.connect(lambda: self.chosen.emit(self._other))
        self.closer.setIcon(resources.icon("close"))
        self.closer.setAccessibleName(self.tr("Close the line about engines"))
        self.closer.setToolTip(self.tr("Close this line until Layerhold starts again"))
        self.closer.clicked.connect(self._close)

    def _close(self) -> None:
        self._closed = True
        self._follow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().chip))
        painter.end()


class _Way(QToolButton):
    """A command as its menu item calls it; there while the command is."""

    def __init__(self, command: QAction) -> None:
        super().__init__()
        self._command = command
        self.clicked.connect(command.trigger)
        command.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        command = self._command
        self.setText(command.text().replace("&", ""))
        self.setToolTip(command.toolTip())
        self.setEnabled(command.isEnabled())
        self.setVisible(command.isVisible())
