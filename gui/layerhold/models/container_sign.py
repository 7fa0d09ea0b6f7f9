"""The sign of what a container is doing, which a word beside it says as well."""

from PySide6.QtGui import QIcon

from layerhold import resources
from layerhold.colours import Role
from layerhold.domain.containers import State


def container_sign(state: State) -> QIcon:
    """At work, paused, broken or at rest."""
    match state:
        case State.RUNNING | State.RESTARTING:
            return resources.icon("running", Role.OK)
        case State.PAUSED:
            return resources.icon("paused", Role.CARE)
        case State.DEAD:
            return resources.icon("error", Role.DANGER)
        case _:
            return resources.icon("stopped", Role.QUIET)
