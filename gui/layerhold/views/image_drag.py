"""Images that the mouse takes out of the list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from layerhold import resources
from layerhold.colours import colours
from layerhold.models.image_mime import ImageMime, Promise
from layerhold.planning.targets import Target

Promises = Callable[[Sequence[Target]], Promise | None]
"""Makes the promise of an archive; `None` where other programs cannot be given one."""
ICON = 16
GAP = 8
WIDEST = 320


def drag_images(
    source: QWidget, targets: Sequence[Target], names: Sequence[str], promise: Promise | None
) -> None:
    """Carry images until they are dropped somewhere, which here or there may be another program."""
    drag = QDrag(source)
    mime = ImageMime(targets, names, promise)
    drag.setMimeData(mime)
    drag.setPixmap(_picture(source, names))
    if promise:
        drag.destroyed.connect(promise.release)
    action = drag.exec(Qt.DropAction.CopyAction)
    if promise and action == Qt.DropAction.CopyAction and drag.target() is None:
        mime.is_dropped = True
        if mime.was_asked:
            promise.begin()


def _picture(source: QWidget, names: Sequence[str]) -> QPixmap:
    """The first name, and how many more there are."""
    more = f"  +{len(names) - 1}" if len(names) > 1 else ""
    metrics, ratio = source.fontMetrics(), source.devicePixelRatioF()
    room = WIDEST - ICON - 3 * GAP - metrics.horizontalAdvance(more)
    text = metrics.elidedText(names[0], Qt.TextElideMode.ElideMiddle, room) + more
    width, height = ICON + 3 * GAP + metrics.horizontalAdvance(text), metrics.height() + GAP
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    _paint(QPainter(picture), QRect(0, 0, width, height), text)
    return picture


def _paint(painter: QPainter, place: QRect, text: str) -> None:
    shade = colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(shade.border))
    painter.setBrush(QColor(shade.raised))
    painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), 6, 6)
    top = place.center().y() - ICON // 2 + 1
    resources.icon("image").paint(painter, GAP, top, ICON, ICON)
    painter.setPen(QColor(shade.text))
    words = place.adjusted(2 * GAP + ICON, 0, -GAP, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.end()
