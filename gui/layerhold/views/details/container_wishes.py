"""What a user may wish of a container, each with its word, icon and key."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from layerhold.domain.containers import Container, State

translate = QCoreApplication.translate

STILL = frozenset({State.CREATED, State.EXITED, State.DEAD, State.UNKNOWN})


class Wish(Enum):
    """In the order in which they stand in rows and menus."""

    LOG = "log"
    START = "start"
    STOP = "stop"
    COMMIT = "commit"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Look:
    """How a wish is shown."""

    text: Callable[[], str]
    entry: Callable[[], str]
    """In a menu of the window, where it does not stand beside the container."""
    tip: Callable[[], str]
    icon: str
    key: str


LOOKS = {
    Wish.LOG: Look(
        lambda: translate("ContainerWishes", "Log"),
        lambda: translate("ContainerWishes", "&Log"),
        lambda: translate("ContainerWishes", "Read and follow what the container writes"),
        "inspect",
        "Return",
    ),
    Wish.START: Look(
        lambda: translate("ContainerWishes", "Start"),
        lambda: translate("ContainerWishes", "&Start"),
        lambda: translate("ContainerWishes", "Start the container again"),
        "running",
        "Ctrl+Shift+S",
    ),
    Wish.STOP: Look(
        lambda: translate("ContainerWishes", "Stop"),
        lambda: translate("ContainerWishes", "S&top"),
        lambda: translate("ContainerWishes", "Stop the container, and keep it"),
        "stopped",
        "Ctrl+Shift+E",
    ),
    Wish.COMMIT: Look(
        lambda: translate("ContainerWishes", "Commit…"),
        lambda: translate("ContainerWishes", "&Commit…"),
        lambda: translate("ContainerWishes", "Make an image of the container"),
        "layers",
        "Ctrl+M",
    ),
    Wish.REMOVE: Look(
        lambda: translate("ContainerWishes", "Remove…"),
        lambda: translate("ContainerWishes", "&Remove container…"),
        lambda: translate("ContainerWishes", "Remove the container"),
        "remove",
        "Delete",
    ),
}


def key(wish: Wish) -> QKeySequence:
    """The key that means it while the list of containers has the focus."""
    return QKeySequence(LOOKS[wish].key)


def possible(wish: Wish, container: Container) -> bool:
    """Whether the wish makes sense for a container as it is now."""
    match wish:
        case Wish.START:
            return container.state in STILL
        case Wish.STOP:
            return container.state.holds_firmly
        case Wish.COMMIT | Wish.REMOVE:
            return container.state is not State.REMOVING
    return True
