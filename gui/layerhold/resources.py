"""What ships beside the code: icons and the style sheet, in a wheel or in a checkout."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)

from layerhold.colours import Role, colours

GRID = 24
"""Units of the icons' own grid."""

PROGRAM = "layerhold"


@cache
def root() -> Path:
    """Inside a wheel the folder lies in the package; in a checkout, at the top."""
    # `importlib.resources` would cost a tenth of the time to the first picture.
    packaged = Path(__file__).parent / "resources"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "resources"


def icon(name: str, role: Role = Role.TEXT) -> QIcon:
    """An icon of ours in the palette's colours; nothing is read before it is drawn."""
    return QIcon(_TintedIcon(name, role))


def application_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(_TintedIcon(PROGRAM, Role.TEXT))


class _TintedIcon(QIconEngine):
    """An SVG drawn in the colour that its role has right now."""

    def __init__(self, name: str, role: Role) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # Its device would be a widget here and there, whose class PySide takes 10 ms to find.
        scale = painter.deviceTransform().m11()
        pixmap = self.pixmap(rect.size() * scale, mode, state)
        pixmap.setDevicePixelRatio(scale)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        colour = _colour(self._role, mode)
        key = f"{self._name} {colour.name()} {size.width()}x{size.height()}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = _draw(self._name, colour, size)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, self._role)


def _colour(role: Role, mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    if role is not Role.TEXT:
        return colours(palette).of(role)
    selected = mode == QIcon.Mode.Selected
    return palette.color(
        QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    )


def _draw(name: str, colour: QColor, size: QSize) -> QPixmap:
    # QtSvg takes 10 ms to import, and the first window can be painted without it.
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    tinted = _source(name).replace(b"currentColor", colour.name().encode())
    place = QRectF(0, 0, size.width(), size.height())
    if size.height() < GRID and name != PROGRAM:
        # Here a stroke is about one pixel wide: sharp only around the centre of a pixel.
        place.translate(0.5, 0.5)
    renderer = QSvgRenderer(QByteArray(tinted))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(pixmap)
    renderer.render(painter, place)
    painter.end()
    return pixmap


@cache
def _source(name: str) -> bytes:
    return (root() / "icons" / f"{name}.svg").read_bytes()
