"""Commands that not every engine can serve: off with the reason, never tried."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from layerhold.engine.about import About
from layerhold.wording.abilities import Ability, lack


class Abilities:
    """Gives some commands the engine's reason for their tooltip while it cannot serve them."""

    def __init__(self, needs: Mapping[QAction, Ability]) -> None:
        self._needs = needs
        self._usual = {command: command.toolTip() for command in needs}

    def follow(self, about: About | None) -> None:
        """Switch off what this engine cannot do; the rest is left as it is."""
        for command, ability in self._needs.items():
            reason = lack(about, ability)
            command.setEnabled(command.isEnabled() and not reason)
            command.setToolTip(reason or self._usual[command])
            command.setStatusTip(reason)
