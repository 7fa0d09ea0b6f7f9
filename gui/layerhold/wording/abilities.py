"""What an engine cannot do by its nature, in the words of the command that would ask for it."""

from enum import Enum

from PySide6.QtCore import QCoreApplication

from layerhold.engine.about import About, Kind

translate = QCoreApplication.translate


class Ability(Enum):
    """What some engines lack, by its name in `Caps`."""

    RUN = "runs"
    BUILD = "builds"
    COMMIT = "commits"
    IMPORT = "imports"
    CONTAINERS = "containers"


def lack(about: About | None, ability: Ability) -> str:
    """Why it cannot be done on this engine; empty where it can, and while none answers."""
    if about is None or getattr(about.caps, ability.value):
        return ""
    return _lack(ability).replace("{engine}", subject(about.kind))


def subject(kind: Kind) -> str:
    """An engine at the beginning of a sentence."""
    return translate("Abilities", "The embedded store") if kind is Kind.STORE else kind.value


def _lack(ability: Ability) -> str:
    return {
        Ability.RUN: translate("Abilities", "{engine} cannot run images"),
        Ability.BUILD: translate("Abilities", "{engine} cannot build images"),
        Ability.COMMIT: translate("Abilities", "{engine} cannot commit containers"),
        Ability.IMPORT: translate("Abilities", "{engine} cannot import file systems"),
        Ability.CONTAINERS: translate("Abilities", "{engine} has no containers"),
    }[ability]
