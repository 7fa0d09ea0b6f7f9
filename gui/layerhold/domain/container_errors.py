"""What can go wrong when containers are made, run and committed."""

from dataclasses import dataclass
from enum import Enum

from layerhold.domain.errors import EngineFailure, Failure


class ContainerFault(Enum):
    """Why an engine makes or starts no container."""

    NAME_TAKEN = "name taken"
    BAD_NAME = "bad name"
    PORT_TAKEN = "port taken"
    BAD_PORT = "bad port"
    NO_COMMAND = "no command"
    NO_NETWORK = "no network"
    NOT_FOUND = "program not found"
    NOT_EXECUTABLE = "not executable"
    NO_USER = "no user"
    BAD_MOUNT = "bad mount"
    READ_ONLY = "read-only"
    RESTARTS_AND_GOES = "both restarted and removed"
    OTHER_PLATFORM = "made for another platform"


@dataclass(eq=False)
class ContainerRefused(EngineFailure):
    """The engine makes or starts no container from this wish."""

    fault: ContainerFault = ContainerFault.BAD_NAME
    part: str = ""
    """The port, name, network, program, user or path, where the engine says which."""


@dataclass(eq=False)
class NotStarted(EngineFailure):
    """A container was made for the image in `subject`, and could not be started."""

    cause: Failure | None = None
    container_id: str = ""
    left: bool = False
    """Whether it is still there, because removing it failed too."""


@dataclass(eq=False)
class InvalidChange(EngineFailure):
    """A Dockerfile instruction that cannot be applied to an image by itself."""

    part: str = ""


@dataclass(eq=False)
class LogUnreadable(EngineFailure):
    """The engine keeps no log of this container that it could read back."""


class InputFault(Enum):
    """What is wrong with a line that is to become part of a wish."""

    BAD_PORT = "bad port"
    BAD_ADDRESS = "bad address"
    BAD_PROTOCOL = "bad protocol"
    RANGES_DIFFER = "ranges differ"
    BAD_VOLUME = "bad volume"
    NOT_ABSOLUTE = "not absolute"
    BAD_VOLUME_NAME = "bad volume name"
    BAD_OPTION = "bad option"
    BAD_VARIABLE = "bad variable"
    BAD_NAME = "bad name"
    OPEN_QUOTE = "open quote"
    BAD_INSTRUCTION = "bad instruction"
    NO_ARGUMENT = "no argument"
    NO_VALUE = "no value"
    BAD_EXPOSED = "bad exposed port"


@dataclass(eq=False)
class InvalidInput(Failure):
    """A port, volume, variable, name, command or instruction that was typed wrong."""

    text: str
    fault: InputFault
    part: str = ""
    """The piece of the text that is wrong."""
