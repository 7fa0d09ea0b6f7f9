"""The colours that mean something, for light and for dark."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QGuiApplication, QPalette


class Role(StrEnum):
    """What the colour of an icon or a word says; each names a field of `Colours`."""

    TEXT = "text"
    QUIET = "quiet_text"
    ACCENT = "accent"
    DANGER = "danger"
    CARE = "care"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Colours:
    """Written `#rrggbb`. Words are readable (contrast of 4.5) on every ground named here."""

    name: str
    window: str
    base: str
    alternate: str
    raised: str
    """Buttons, menus and tooltips."""
    hover: str
    pressed: str
    border: str
    text: str
    quiet_text: str
    disabled_text: str
    accent: str
    accent_fill: str
    """Behind words in `on_fill`."""
    selection: str
    selection_text: str
    danger: str
    """What destroys, or has failed."""
    danger_fill: str
    """Behind words in `on_fill`."""
    on_fill: str
    danger_ground: str
    care: str
    """What needs care."""
    care_ground: str
    ok: str
    ok_ground: str
    bar_track: str
    bar_shared: str
    bar_unique: str
    chip: str
    handle: str
    """Scroll bars."""

    def of(self, role: Role) -> QColor:
        """The colour of a role."""
        return QColor(str(getattr(self, role.value)))


LIGHT = Colours(
    name="light",
    window="#f3f5f8",
    base="#ffffff",
    alternate="#f8f9fb",
    raised="#ffffff",
    hover="#e6eaf0",
    pressed="#d9dfe8",
    border="#d5dbe4",
    text="#1a2230",
    quiet_text="#566173",
    disabled_text="#9aa4b2",
    accent="#1a5fd0",
    accent_fill="#1a5fd0",
    selection="#d8e7fd",
    selection_text="#0f2547",
    danger="#bb1f2f",
    danger_fill="#bb1f2f",
    on_fill="#ffffff",
    danger_ground="#fdeaea",
    care="#865000",
    care_ground="#fdf2dc",
    ok="#0f6b3a",
    ok_ground="#e4f5ea",
    bar_track="#e3e8ef",
    bar_shared="#9dbdf0",
    bar_unique="#2f74e4",
    chip="#e8eef7",
    handle="#c3cbd7",
)

DARK = Colours(
    name="dark",
    window="#1d2129",
    base="#15181e",
    alternate="#191d24",
    raised="#262b35",
    hover="#2e3541",
    pressed="#394250",
    border="#353c49",
    text="#e5e9f0",
    quiet_text="#a0abbb",
    disabled_text="#667080",
    accent="#6cabff",
    accent_fill="#2566cf",
    selection="#1f3c66",
    selection_text="#f0f5fd",
    danger="#ff8a85",
    danger_fill="#c23640",
    on_fill="#ffffff",
    danger_ground="#3a2024",
    care="#f0b449",
    care_ground="#372c17",
    ok="#68cc8c",
    ok_ground="#1a3325",
    bar_track="#2b313c",
    bar_shared="#3f628f",
    bar_unique="#5a9cf5",
    chip="#273349",
    handle="#434c5a",
)


def colours(palette: QPalette | None = None) -> Colours:
    """Those that go with a palette, which is the program's own unless one is given."""
    ground = palette or QGuiApplication.palette()
    return LIGHT if ground.base().color().lightness() > 127 else DARK
