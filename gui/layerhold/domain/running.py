"""How a container is to be run."""

from dataclasses import dataclass
from enum import Enum


class Restart(Enum):
    """When the engine starts a container again by itself, in Docker's words."""

    NO = "no"
    ON_FAILURE = "on-failure"
    ALWAYS = "always"
    UNLESS_STOPPED = "unless-stopped"


@dataclass(frozen=True, slots=True)
class Port:
    """A port of the container that is to be reached at the engine's machine."""

    container: int
    host: str = ""
    """A port, a range such as `8000-8010` of which the engine takes one, or empty for any."""
    address: str = ""
    """The address it listens at; empty for all."""
    protocol: str = "tcp"

    def __str__(self) -> str:
        """As `--publish` takes it."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        outside = f"{address}:{self.host}:" if address else f"{self.host}:" if self.host else ""
        return f"{outside}{self.container}/{self.protocol}"


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder of the engine's machine or a volume, as the container sees it."""

    target: str
    source: str = ""
    """An absolute path, the name of a volume, or empty for a volume without a name."""
    options: tuple[str, ...] = ()
    """Docker's words, such as `ro` and `z`."""

    def __str__(self) -> str:
        """As `--volume` takes it."""
        return ":".join(part for part in (self.source, self.target, ",".join(self.options)) if part)


@dataclass(frozen=True, slots=True)
class RunWish:
    """What `docker run --detach` would be told."""

    image: str
    """A reference or an ID."""
    name: str = ""
    """Empty: the engine makes one up."""
    command: tuple[str, ...] = ()
    """Empty: the image's own, unless there is an entrypoint."""
    entrypoint: tuple[str, ...] | None = None
    """`None`: the image's own; empty: none at all."""
    environment: tuple[tuple[str, str], ...] = ()
    ports: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    network: str = ""
    """Empty: the engine's default."""
    restart: Restart = Restart.NO
    retries: int = 0
    """How often at most it is restarted on failure; 0 for no limit."""
    auto_remove: bool = False
    tty: bool = False
    interactive: bool = False
    """Standard input stays open."""


@dataclass(frozen=True, slots=True)
class Created:
    """A container that was made."""

    id: str
    warnings: tuple[str, ...] = ()
    """In the engine's words."""
