"""Containers and what they are doing, in the engine's words."""

from PySide6.QtCore import QCoreApplication

from layerhold.domain.containers import Container, State
from layerhold.domain.digests import short
from layerhold.formatting import visible

translate = QCoreApplication.translate

CONTAINER_LIMIT = 40
"""Characters of a container's name that a sentence can carry."""


def container(user: Container) -> str:
    """`web (running)`."""
    called = visible(user.name, CONTAINER_LIMIT) or short(user.id)
    return f"{called} ({state(user.state)})"


def state(of: State) -> str:
    """What a container is doing, in the engine's words."""
    return {
        State.CREATED: translate("Containers", "created"),
        State.RUNNING: translate("Containers", "running"),
        State.PAUSED: translate("Containers", "paused"),
        State.RESTARTING: translate("Containers", "restarting"),
        State.REMOVING: translate("Containers", "being removed"),
        State.EXITED: translate("Containers", "exited"),
        State.DEAD: translate("Containers", "dead"),
        State.UNKNOWN: translate("Containers", "in an unknown state"),
    }[of]
