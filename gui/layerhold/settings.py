"""What the user can choose, with the defaults, and how it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from PySide6.QtCore import QByteArray, QSettings

_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences; window geometry and column layouts are kept apart, in `Layout`."""

    theme: str = "system"
    """`system`, `light` or `dark`."""
    show_intermediate: bool = False
    """Whether the list shows intermediate images, as `docker images --all` does."""
    transfers: int = 3
    """How many pulls and pushes run at a time."""
    save_folder: str = ""
    """Where images were saved last; empty for the desktop's own folder for downloads."""
    build_folders: tuple[str, ...] = ()
    """From where images were built, the last one first."""
    archive_folders: tuple[str, ...] = ()
    """The folders of the shelf named `Archives`."""
    login_keeper: str = ""
    """What keeps logins where Docker has no credential helper: `config.json` or `keyring`."""

    @classmethod
    def load(cls, store: QSettings) -> Self:
        """Read what was kept; what is missing or unreadable has its default."""
        return cls(**{field.name: _read(store, field.name, field.default) for field in fields(cls)})

    def save(self, store: QSettings) -> None:
        """Keep it for the next start."""
        for field in fields(self):
            value = getattr(self, field.name)
            kept = list(value) if isinstance(value, tuple) else value
            store.setValue(f"preferences/{field.name}", kept)


class Layout:
    """Where parts of the window were: opaque states of Qt, by the part's name."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    def state(self, part: str) -> QByteArray:
        """What was kept for the part, or nothing."""
        value = self._store.value(f"layout/{part}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def shown(self, part: str, default: bool = True) -> bool:
        """Whether the part was shown."""
        return bool(self._store.value(f"shown/{part}", default, type=bool))

    def keep(self, states: Mapping[str, QByteArray], shown: Mapping[str, bool]) -> None:
        """Keep the states of some parts, and which parts are shown."""
        for part, state in states.items():
            self._store.setValue(f"layout/{part}", state)
        for part, visible in shown.items():
            self._store.setValue(f"shown/{part}", visible)


def _read(store: QSettings, name: str, default: Any) -> Any:
    kept = store.value(f"preferences/{name}")
    if isinstance(default, tuple):
        # Qt reads a list of one back as a text.
        return tuple(filter(None, [kept] if isinstance(kept, str) else kept or default))
    if isinstance(default, bool):
        return _TRUTHS.get(str(kept).lower(), default)
    if isinstance(default, int):
        return int(str(kept)) if str(kept).isdecimal() else default
    return kept if isinstance(kept, type(default)) else default
