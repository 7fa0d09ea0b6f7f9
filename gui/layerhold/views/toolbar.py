"""The toolbar: the frequent commands, and the filter at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QToolButton, QWidget

from layerhold import resources
from layerhold.views.engine_menu import EngineMenu
from layerhold.views.filter_field import FilterField

FILTER_WIDTHS = 200, 300
"""Pixels, least and most."""
ICON = QSize(22, 18)
"""Wider than what is drawn, which keeps the words at a distance."""
WITH_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
WITHOUT_WORDS = Qt.ToolButtonStyle.ToolButtonIconOnly


class Toolbar(QToolBar):
    """Icons in the order of the work, with words where the window is wide enough for all."""

    def __init__(self, engines: EngineMenu, commands: list[QAction], search: FilterField) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setAccessibleName(self.tr("Toolbar"))
        self.setMovable(False)
        self.setIconSize(ICON)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(WITH_WORDS)
        self._room_for_words = 0
        """Pixels; measured when the words are shown."""

        self.addWidget(self._engine_button(engines))
        self.addSeparator()
        for command in commands:
            self._add(command)
        self.addWidget(_at_the_right(search))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.toolButtonStyle() == WITH_WORDS:
            self._room_for_words = self.sizeHint().width()
        wanted = WITH_WORDS if self._room_for_words <= self.width() else WITHOUT_WORDS
        if wanted != self.toolButtonStyle():
            self.setToolButtonStyle(wanted)

    def _engine_button(self, engines: EngineMenu) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Engine"))
        button.setIcon(resources.icon("engine"))
        button.setToolButtonStyle(WITH_WORDS)
        self.toolButtonStyleChanged.connect(button.setToolButtonStyle)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(engines)
        button.setToolTip(self.tr("Which engine the window shows"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _add(self, command: QAction) -> None:
        command.setIconText(command.text().replace("&", "").rstrip("…"))
        self.addAction(command)
        self.widgetForAction(command).setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _at_the_right(search: FilterField) -> QWidget:
    """Takes what room there is, of which the field needs only so much."""
    least, most = FILTER_WIDTHS
    search.setMinimumWidth(least)
    search.setMaximumWidth(most)
    place = QWidget()
    place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(place)
    row.setContentsMargins(8, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(search, stretch=most)
    return place
