"""The looks: Fusion in our colours, as the desktop wants them or as the user does."""

from dataclasses import asdict
from functools import cache
from string import Template

from PySide6.QtCore import QDir, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from layerhold import resources
from layerhold.colours import DARK, LIGHT, Colours

SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
"""What the user can choose, and what Qt calls it."""

STYLE = ("-style", "Fusion")
"""For Qt's own command line; an application that is told later takes 5 ms for it."""

ROW_HEIGHT = 28
"""Pixels of a row in lists and trees; a larger font needs more."""


def apply(app: QApplication, theme: str) -> None:
    """Wear a theme (`system`, `light` or `dark`); `system` follows the desktop from now on."""
    _wearer(app).wear(SCHEMES.get(theme, Qt.ColorScheme.Unknown))


def fixed_font() -> QFont:
    """The desktop's fixed font at the desktop's size, for IDs, digests, commands and paths."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    size = QApplication.font().pointSizeF()
    if size > 0:
        font.setPointSizeF(size)
    return font


def palette(shade: Colours) -> QPalette:
    """The colours, as Qt's palette."""
    made = QPalette()
    for role, colour in _roles(shade).items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(shade.disabled_text))
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(shade.disabled_text))
    made.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, QColor(shade.pressed))
    made.setColor(
        QPalette.ColorGroup.Inactive, QPalette.ColorRole.HighlightedText, QColor(shade.text)
    )
    return made


@cache
def _wearer(app: QApplication) -> "_Wearer":
    # Not looked for with `findChild`, which wraps what it passes: up to 20 ms before any window.
    return _Wearer(app)


class _Wearer(QObject):
    """Keeps an application in its theme when the desktop changes its mind."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = Qt.ColorScheme.Unknown
        QDir.addSearchPath("layerhold", str(resources.root() / "style"))
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def wear(self, scheme: Qt.ColorScheme) -> None:
        self._wanted = scheme
        hints = self._app.styleHints()
        hints.setColorScheme(scheme)
        self._dress(hints.colorScheme() if scheme == Qt.ColorScheme.Unknown else scheme)

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        if self._wanted == Qt.ColorScheme.Unknown:
            self._dress(scheme)

    def _dress(self, scheme: Qt.ColorScheme) -> None:
        shade = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(palette(shade))
        self._app.setStyleSheet(_sheet(shade))


def _roles(shade: Colours) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: shade.window,
        role.WindowText: shade.text,
        role.Base: shade.base,
        role.AlternateBase: shade.alternate,
        role.Text: shade.text,
        role.PlaceholderText: shade.quiet_text,
        role.Button: shade.raised,
        role.ButtonText: shade.text,
        role.BrightText: shade.danger,
        role.ToolTipBase: shade.raised,
        role.ToolTipText: shade.text,
        role.Highlight: shade.selection,
        role.HighlightedText: shade.selection_text,
        role.Accent: shade.accent,
        role.Link: shade.accent,
        role.LinkVisited: shade.accent,
        role.Light: shade.raised,
        role.Midlight: shade.hover,
        role.Mid: shade.border,
        role.Dark: shade.handle,
        role.Shadow: shade.border,
    }


def _sheet(shade: Colours) -> str:
    text = (resources.root() / "style" / "layerhold.qss").read_text(encoding="utf-8")
    return Template(text).substitute(asdict(shade))
