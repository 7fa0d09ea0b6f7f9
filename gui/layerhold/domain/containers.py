"""A container, as far as images care."""

import re
from dataclasses import dataclass, field
from enum import Enum

_CODE = re.compile(r"\w+ \((?P<code>\d+)\)")


class State(Enum):
    """What a container is doing, in the engine's words."""

    CREATED = "created"
    RUNNING = "running"
    PAUSED = "paused"
    RESTARTING = "restarting"
    REMOVING = "removing"
    EXITED = "exited"
    DEAD = "dead"
    UNKNOWN = "unknown"

    @property
    def holds_firmly(self) -> bool:
        """Whether Docker refuses to delete the image by ID even with force."""
        return self in {State.RUNNING, State.PAUSED, State.RESTARTING}


@dataclass(frozen=True, slots=True)
class Container:
    """A container and the images that it uses."""

    id: str
    name: str
    image_id: str
    """The image it was made from, `sha256:…`."""
    image_name: str = ""
    """How that image was called when the container was made."""
    state: State = State.UNKNOWN
    status: str = ""
    """The engine's sentence, such as `Up 2 hours`."""
    mounted_images: tuple[str, ...] = ()
    """IDs or references of images that it mounts."""
    ports: tuple[str, ...] = ()
    """What is published, as `docker ps` has it: `8080->80/tcp`, with an address where it is one."""
    seen: float = field(default=0.0, compare=False)
    """When the engine said all that, in Unix seconds; 0 where that is not known."""

    @property
    def exit_code(self) -> int | None:
        """What its program ended with last, where the engine's sentence says it."""
        found = _CODE.match(self.status)
        return int(found["code"]) if found else None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line that a container has written."""

    text: str
    error: bool = False
    """Whether it went to standard error; a terminal does not tell."""
