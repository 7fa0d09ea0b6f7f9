"""The networks that a container can be put on."""

from collections.abc import Iterable
from dataclasses import dataclass

DEFAULT_NAMES = frozenset({"bridge", "podman"})
"""What a container is put on that asks for no network, if it is there."""
PUBLISHING = frozenset({"bridge", "overlay", "nat"})
"""Drivers that let ports through; the others leave published ports out without a word."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network of an engine."""

    name: str
    driver: str
    internal: bool = False
    """Nothing outside can be reached, nor reach it."""

    @property
    def publishes(self) -> bool:
        return self.driver in PUBLISHING and not self.internal


def publishes(networks: Iterable[Network], wanted: str = "") -> bool:
    """Whether ports of a container on that network (empty: the default) can be reached."""
    names = {wanted} if wanted not in {"", "default"} else DEFAULT_NAMES
    return any(network.publishes for network in networks if network.name in names)
