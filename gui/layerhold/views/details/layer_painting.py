"""How each kind of row of the layer tree is painted."""

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from layerhold.colours import Role, colours
from layerhold.models.layer_rows import BaseMark, Field, Line, Row, Sharer
from layerhold.theme import ROW_HEIGHT, fixed_font

GAP = 8
NAME_WIDTH = 120
BAR_HEIGHT = 6
NUMBER_WIDTH = 76
MOST_LINES = 12
"""Lines of a long command that are shown; the editor scrolls through the rest."""


def leads(row: Row, rect: QRect, text: str, x: int) -> bool:
    """Whether a click at `x` hits the name of another image."""
    if isinstance(row, Sharer):
        start = rect.left() + NAME_WIDTH + GAP
        return start <= x <= start + QFontMetrics(fixed_font()).horizontalAdvance(text)
    width = QFontMetrics(bold()).horizontalAdvance(text)
    return isinstance(row, BaseMark) and rect.left() <= x <= rect.left() + width


def bold() -> QFont:
    """The desktop's font, for what heads a section."""
    made = QFont()
    made.setBold(True)
    return made


def colour(option: QStyleOptionViewItem, role: Role) -> QColor:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    return option.palette.highlightedText().color() if selected else colours().of(role)


def font(row: Row) -> QFont:
    return QFont() if isinstance(row, Field) and not row.code else fixed_font()


def paint_command(painter: QPainter, option: QStyleOptionViewItem, line: Line, text: str) -> None:
    """The word of the instruction, what it does, and quietly the build arguments."""
    made, written = line.step.made_layer, line.written
    plain = Role.TEXT if made else Role.QUIET
    pieces = [(text, plain)]
    if written.word:
        arguments = "   " + "  ".join(written.arguments)
        rest = text.removeprefix(written.word)
        pieces = [(written.word, Role.ACCENT if made else Role.QUIET), (rest, plain)]
        pieces.append((arguments, Role.QUIET))
    painter.setFont(fixed_font() if str(written) else option.font)
    metrics, rect = painter.fontMetrics(), option.rect.adjusted(2, 0, -GAP, 0)
    for piece, role in pieces:
        shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(colour(option, role))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        rect.setLeft(rect.left() + metrics.horizontalAdvance(shown))
        if shown != piece:
            break


def paint_weight(painter: QPainter, option: QStyleOptionViewItem, line: Line, text: str) -> None:
    """A bar relative to the largest layer, and the number at the right."""
    if not text:
        return
    number = option.rect.adjusted(0, 0, -2 * GAP, 0)
    painter.setPen(colour(option, Role.TEXT))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(number, flags, text)
    groove = QRectF(option.rect.adjusted(GAP, 0, -NUMBER_WIDTH - 2 * GAP, 0))
    groove.setTop(option.rect.center().y() - BAR_HEIGHT / 2 + 0.5)
    groove.setHeight(BAR_HEIGHT)
    if groove.width() < BAR_HEIGHT:
        return
    filled = QRectF(groove)
    filled.setWidth(groove.width() * line.fraction)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = colours()
    for part, ground in ((groove, shade.bar_track), (filled, shade.bar_unique)):
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(part, min(3.0, part.width() / 2), 3)


def paint_field(painter: QPainter, option: QStyleOptionViewItem, row: Field) -> None:
    _paint_name(painter, option, row.name)
    place = option.rect.adjusted(NAME_WIDTH + GAP, GAP // 2, -GAP, 0)
    painter.setClipRect(option.rect.adjusted(0, 0, 0, -2))
    painter.setPen(colour(option, Role.TEXT))
    layout = wrapped(row, place.width())
    if layout.lineCount() == 1:
        place.translate(0, int((option.rect.height() - layout.lineAt(0).height() - GAP) / 2))
    layout.draw(painter, QPointF(place.topLeft()))
    if layout.lineCount() > MOST_LINES:
        _paint_more(painter, option)


def _paint_more(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Say over the last line that there are more."""
    height = option.fontMetrics.height() + GAP
    place = option.rect.adjusted(NAME_WIDTH + GAP, option.rect.height() - height, 0, 0)
    painter.fillRect(place, option.palette.base())
    painter.setFont(option.font)
    painter.setPen(colours().of(Role.QUIET))
    said = QCoreApplication.translate("LayerCells", "Double-click or press F2 to read all of it")
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)


def paint_sharer(painter: QPainter, option: QStyleOptionViewItem, row: Sharer) -> None:
    _paint_name(painter, option, row.name)
    place = option.rect.adjusted(NAME_WIDTH + GAP, 0, -GAP, 0)
    underlined = fixed_font()
    underlined.setUnderline(True)
    painter.setFont(underlined)
    painter.setPen(colour(option, Role.ACCENT))
    middle = Qt.TextElideMode.ElideMiddle
    shown = painter.fontMetrics().elidedText(row.reference, middle, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_name(painter: QPainter, option: QStyleOptionViewItem, name: str) -> None:
    painter.setFont(option.font)
    painter.setPen(colour(option, Role.QUIET))
    place = QRect(option.rect.left(), option.rect.top(), NAME_WIDTH, ROW_HEIGHT)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)


def paint_base(painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
    """A line across, and the name of what lies below it."""
    painter.setPen(QPen(colours().of(Role.ACCENT), 1))
    painter.drawLine(option.rect.topLeft(), option.rect.topRight())
    painter.setFont(bold())
    painter.setPen(colour(option, Role.ACCENT))
    place = option.rect.adjusted(2, 0, -GAP, 0)
    middle = Qt.TextElideMode.ElideMiddle
    shown = painter.fontMetrics().elidedText(text, middle, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def wrapped(row: Field, width: int) -> QTextLayout:
    """The text in lines of at most `width` pixels."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(row.text.replace("\n", "\u2028"), font(row))
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    for _ in range(MOST_LINES + 1):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout
