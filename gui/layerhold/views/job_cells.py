"""How the tables of jobs and of their layers paint progress and the button of a row."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from layerhold.colours import colours
from layerhold.jobs.job import Job
from layerhold.models.activity_table import FRACTION_ROLE, JOB_ROLE

Index = QModelIndex | QPersistentModelIndex

BAR_WIDTH = 80
"""Pixels; less in a narrow cell, so that there is room for words."""
BAR_HEIGHT = 6
GAP = 8
RADIUS = 6
BUSY_PART = 0.3
"""How much of a busy bar is filled."""
BUSY_SECONDS = 2.0
"""How long the filled part takes to cross."""


def paint_bar(painter: QPainter, rect: QRect, fraction: float, seconds: float) -> None:
    """A flat bar, filled to `fraction`; below 0 it is a busy bar, whose part wanders with time."""
    groove = QRectF(rect.x(), rect.center().y() - BAR_HEIGHT / 2, rect.width(), BAR_HEIGHT)
    filled = QRectF(groove)
    if fraction >= 0:
        filled.setWidth(groove.width() * fraction)
    else:
        wandered = (seconds % BUSY_SECONDS) / BUSY_SECONDS * (1 - BUSY_PART)
        filled.setWidth(groove.width() * BUSY_PART)
        filled.translate(groove.width() * wandered, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = colours()
    for part, colour in ((groove, shade.bar_track), (filled, shade.bar_unique)):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(part, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
    painter.restore()


class ProgressCell(QStyledItemDelegate):
    """A bar while something is under way, and beside it how far it is in words."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fraction = index.data(FRACTION_ROLE)
        full = QRect(option.rect)
        width = min(BAR_WIDTH, full.width() // 5)
        if fraction is not None:
            self.initStyleOption(option, index)
            panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
            option.widget.style().drawPrimitive(panel, option, painter, option.widget)
            option.rect = full.adjusted(GAP * 3 // 2 + width, 0, 0, 0)
            # The amounts come first, and say most.
            option.textElideMode = Qt.TextElideMode.ElideRight
        super().paint(painter, option, index)
        if fraction is None:
            return
        left = QRect(full.x(), full.y(), 2 * GAP + width, full.height())
        bar = left.adjusted(GAP, 0, -GAP, 0)
        job = index.data(JOB_ROLE)
        paint_bar(painter, bar, fraction, job.seconds if job else 0.0)


class ButtonCell(QStyledItemDelegate):
    """The words of the cell as a button."""

    pressed = Signal(Job)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if not text:
            return
        shade, place = colours(), QRectF(option.rect.adjusted(GAP // 2, 3, -GAP // 2, -3))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(shade.border))
        painter.setBrush(QColor(shade.raised))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(QColor(shade.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and index.data():
            self.pressed.emit(index.data(JOB_ROLE))
            return True
        return super().editorEvent(event, model, option, index)
