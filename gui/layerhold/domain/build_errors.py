"""What can go wrong with a build.

Failure
├── ContextProblem
├── DockerfileProblem
├── InvalidBuildInput
├── BuildxGone
└── EngineFailure
    ├── BuilderLacks
    └── BuildFailed
"""

from dataclasses import dataclass
from enum import Enum

from layerhold.domain.builders import Limit
from layerhold.domain.building import BuildStep
from layerhold.domain.errors import EngineFailure, Failure


class ContextFault(Enum):
    """Why a folder cannot be sent to a builder."""

    NO_FOLDER = "no folder"
    UNREADABLE_FILE = "unreadable file"
    UNREADABLE_FOLDER = "unreadable folder"
    SHUT = "shut"
    """The context itself cannot be looked into."""
    CHANGED = "changed"
    """A file became shorter or went away while it was sent."""
    BAD_PATTERN = "bad pattern"
    """A line of the ignore file is no pattern."""
    NO_SECRET = "no secret"
    """The file of a secret cannot be read."""


@dataclass(eq=False)
class ContextProblem(Failure):
    """The build cannot begin, or go on, with what is in the folder."""

    path: str
    fault: ContextFault
    detail: str = ""


class DockerfileFault(Enum):
    """Why a Dockerfile cannot be built."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NO_FILE = "no file"
    """A folder, a pipe or a link in a circle stands in its place."""
    EMPTY = "empty"
    SYNTAX = "syntax"
    NO_BASE = "no base"
    """There is no FROM, or something stands before it."""
    NO_TARGET = "no target"
    NO_STAGE = "no stage"
    """A COPY takes from what is no stage, and of that name there was no image to be had either."""


@dataclass(eq=False)
class DockerfileProblem(Failure):
    """What stands in the Dockerfile, or does not, keeps it from being built."""

    path: str
    fault: DockerfileFault
    line: int = 0
    """From 1; 0 where it is not about a line."""
    detail: str = ""
    """The builder's own words, or the target or stage that there is not."""
    written: str = ""
    """What stands in that line."""


class BuildInputFault(Enum):
    """What is wrong with a text that was typed for a build."""

    BAD_LABEL = "bad label"
    BAD_ARGUMENT = "bad argument"
    """No name that an argument can have."""
    BAD_SECRET = "bad secret"
    SAME_SECRET = "same secret"
    """Two secrets have one ID."""
    NO_VARIABLE = "no variable"
    """The environment has none of this name."""
    NOT_ABSOLUTE = "not absolute"


@dataclass(eq=False)
class InvalidBuildInput(Failure):
    """A label, argument or secret that was typed wrong."""

    text: str
    fault: BuildInputFault
    part: str = ""
    """The piece of the text that is wrong."""


@dataclass(eq=False)
class BuildxGone(Failure):
    """`docker buildx` was to build, and cannot be started; nothing was begun."""

    detail: str = ""


@dataclass(eq=False)
class BuilderLacks(EngineFailure):
    """The wish needs what this builder cannot do; nothing was begun."""

    lack: Limit = Limit.MOUNTS


@dataclass(eq=False)
class BuildFailed(EngineFailure):
    """A step failed; `subject` is the tag that was to be, `detail` what the builder says."""

    step: BuildStep | None = None
    """With the end of what it wrote; `None` where it failed outside of all steps."""
    dockerfile: str = ""
    line: int = 0
    """In the Dockerfile, from 1; 0 where it is not known."""
    exit_code: int | None = None
    """Of the command that failed."""
    reason: Failure | None = None
    """What it means where that is known, such as a full disk or missing credentials."""
