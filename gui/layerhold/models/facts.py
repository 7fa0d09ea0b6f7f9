"""Names and values, some with more of them below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, Qt

from layerhold.colours import Role, colours
from layerhold.formatting import visible
from layerhold.models.lazy_tree import COPY_ROLE, ROOT, Index, LazyTree
from layerhold.theme import fixed_font
from layerhold.wording.quoting import tooltip

translate = QCoreApplication.translate

ADDRESS_ROLE = Qt.ItemDataRole.UserRole + 2
"""The web address that the value is, or an empty text."""
LONGEST = 500
"""Characters of a value that a row shows."""
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value; `value` may be long and hostile."""

    name: str
    value: str = ""
    below: tuple["Fact", ...] = ()
    whole: Callable[[], str] | None = field(default=None, compare=False)
    """For the clipboard, where `value` is only its beginning."""
    written: bool = False
    """Whether the value was written by someone, word for word, rather than told by us."""


class FactTree(LazyTree):
    """Two columns, name and value."""

    def has_branches(self, item: Fact) -> bool:
        return bool(item.below)

    def items_below(self, item: Fact) -> Sequence[Fact]:
        return item.below

    def columnCount(self, _parent: Index = ROOT) -> int:
        return 2

    def title(self, section: int) -> str:
        return (translate("FactTree", "Name"), translate("FactTree", "Value"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        fact = self.item(index)
        if role == COPY_ROLE:
            return fact.whole() if fact.whole else fact.value
        if role == ADDRESS_ROLE:
            return web_address(fact.value)
        return _shown(fact, role, value=index.column() > 0)


def web_address(text: str) -> str:
    """The text, if it is a web address that is safe to hand to a browser; else nothing."""
    if len(text) > LONGEST_ADDRESS or not text.isascii() or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return text if known else ""


def _shown(fact: Fact, role: int, *, value: bool) -> Any:
    text = fact.value if value else fact.name
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return visible(text, LONGEST)
        case Qt.ItemDataRole.ToolTipRole:
            return tooltip(visible(text))
        case Qt.ItemDataRole.ForegroundRole:
            return colours().of(_role(fact, value=value))
        case Qt.ItemDataRole.FontRole:
            return _font(fact) if value else None
    return None


def _role(fact: Fact, *, value: bool) -> Role:
    if value and web_address(fact.value):
        return Role.ACCENT
    return Role.TEXT if value else Role.QUIET


def _font(fact: Fact) -> Any:
    font = fixed_font() if fact.written else None
    if font and web_address(fact.value):
        font.setUnderline(True)
    return font
