"""The toolbar: the frequent commands, and the filter at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from layerhold import resources
from layerhold.views.engine_menu import EngineMenu
from layerhold.views.filter_field import FilterField

FILTER_WIDTH = 300
ICON = QSize(18, 18)


class Toolbar(QToolBar):
    """Icons with words, in the order of the work."""

    def __init__(self, engines: EngineMenu, commands: list[QAction], search: FilterField) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setAccessibleName(self.tr("Toolbar"))
        self.setMovable(False)
        self.setIconSize(ICON)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

        self.addWidget(self._engine_button(engines))
        self.addSeparator()
        for command in commands:
            self._add(command)
        self.addWidget(_spring())
        search.setFixedWidth(FILTER_WIDTH)
        self.addWidget(search)

    def _engine_button(self, engines: EngineMenu) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Engine"))
        button.setIcon(resources.icon("engine"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(engines)
        button.setToolTip(self.tr("Which engine the window shows"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _add(self, command: QAction) -> None:
        command.setIconText(command.text().replace("&", "").rstrip("…"))
        self.addAction(command)
        self.widgetForAction(command).setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _spring() -> QWidget:
    """Takes what room there is."""
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring
