"""What each cell of a plan says, and how it looks."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon

from layerhold import resources
from layerhold.colours import Role, colours
from layerhold.formatting import visible
from layerhold.models.plan_details import Detail, title
from layerhold.planning.removal import Effect, Row
from layerhold.planning.targets import OneTag
from layerhold.planning.world import World
from layerhold.theme import ROW_HEIGHT, fixed_font
from layerhold.wording import removal
from layerhold.wording.quoting import tooltip
from layerhold.wording.weights import freed

WHAT, EFFECT, FREED = range(3)
NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
translate = QCoreApplication.translate

COLUMNS = (
    lambda: translate("Plan", "Image or tag"),
    lambda: translate("Plan", "What happens"),
    lambda: translate("Plan", "Comes free"),
)


def row_data(row: Row, world: World, column: int, role: int) -> Any:
    """What Qt asks about a row."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row_text(row, world, column)
        case Qt.ItemDataRole.ToolTipRole:
            return tooltip(_whole(row, world) if column == WHAT else row_text(row, world, column))
        case Qt.ItemDataRole.CheckStateRole if column == WHAT:
            return Qt.CheckState.Checked if is_done(row) else Qt.CheckState.Unchecked
    return _row_look(row, column, role)


def is_done(row: Row) -> bool:
    """Whether the row will be carried out."""
    return row.choice.ticked and bool(row.calls)


def _row_look(row: Row, column: int, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DecorationRole if column == EFFECT:
            return effect_icon(row)
        case Qt.ItemDataRole.TextAlignmentRole if column == FREED:
            return NUMBER
        case Qt.ItemDataRole.ForegroundRole if not is_done(row):
            return colours().of(Role.QUIET)
        case Qt.ItemDataRole.SizeHintRole:
            return QSize(0, ROW_HEIGHT)
    return None


def row_text(row: Row, world: World, column: int) -> str:
    """The words of a cell."""
    if column == WHAT:
        target = row.target
        return (
            visible(target.tag, 300)
            if isinstance(target, OneTag)
            else title(target.image_id, world)
        )
    if column == EFFECT:
        return removal.effect(row)
    return freed(row.freed) if is_done(row) else "–"


def marked_new(text: str) -> str:
    """The name of what came while the plan was being looked at."""
    return translate("Plan", "{image} · new").replace("{image}", text)


def effect_icon(row: Row) -> QIcon:
    """A picture for what happens, beside the words."""
    name, role = {
        Effect.DELETE: ("remove", Role.DANGER),
        Effect.UNTAG: ("untag", Role.TEXT),
        Effect.BLOCKED: ("warning", Role.CARE),
        Effect.GONE: ("info", Role.QUIET),
    }[row.effect]
    return resources.icon(name, role)


def detail_data(detail: Detail, column: int, role: int) -> Any:
    """What Qt asks about a line of details."""
    texts = (detail.kind, detail.what, detail.bytes)
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return texts[column]
        case Qt.ItemDataRole.ToolTipRole:
            return tooltip(detail.whole or texts[column])
        case Qt.ItemDataRole.TextAlignmentRole if column == FREED:
            return NUMBER
        case Qt.ItemDataRole.FontRole if column == EFFECT:
            return fixed_font()
        case Qt.ItemDataRole.ForegroundRole if column == WHAT:
            return colours().of(Role.QUIET)
    return None


def _whole(row: Row, world: World) -> str:
    if isinstance(row.target, OneTag):
        return f"{row.target.tag}\n{row.target.image_id}"
    image = world.images.get(row.target.image_id)
    return "\n".join((*(image.tags[:20] if image else ()), row.target.image_id))
