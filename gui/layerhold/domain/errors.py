"""Everything that can go wrong, as kinds with facts; `layerhold.wording` has the sentences.

Failure
├── Cancelled
├── InvalidReference
├── InvalidFilter
├── ConfigProblem
├── UnknownContext
├── UnusableContext
├── UnusableChoice
└── EngineFailure
    ├── EngineUnreachable
    ├── EngineNotStarted
    ├── EngineGone
    ├── OutcomeUnknown
    ├── NotAnEngine
    ├── ApiMismatch
    ├── ImageNotFound
    ├── ContainerNotFound
    ├── InUse
    ├── HasChildren
    ├── SeveralTags
    ├── HistoryUnavailable
    ├── DiskFull
    ├── Unsupported
    ├── ChangedMeanwhile
    └── EngineRefused
"""

from dataclasses import dataclass
from enum import Enum


class Failure(Exception):
    """The root: something the user can be told in a sentence."""

    def __str__(self) -> str:
        return getattr(self, "detail", "") or type(self).__name__


class Cancelled(Failure):
    """The user asked to stop, and it stopped."""


class ReferenceFault(Enum):
    """Why a text is no image reference."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    UPPERCASE = "uppercase"
    BAD_CHARACTER = "bad character"
    BAD_REGISTRY = "bad registry"
    BAD_PATH = "bad path"
    BAD_TAG = "bad tag"
    BAD_DIGEST = "bad digest"
    IS_AN_ID = "is an ID"
    DIGEST_NOT_ALLOWED = "digest not allowed"
    READS_AS_DIGEST = "reads as a digest"
    RESERVED = "reserved"


@dataclass(eq=False)
class InvalidReference(Failure):
    """A text that no engine takes as the name of an image."""

    text: str
    fault: ReferenceFault
    part: str = ""
    """The piece of the text that is wrong."""
    detail: str = ""
    """The engine's own words, where it was the engine that found out."""


class FilterFault(Enum):
    """Why a filter cannot be applied yet."""

    UNKNOWN_KEY = "unknown key"
    MISSING_VALUE = "missing value"
    BAD_VALUE = "bad value"
    NO_SUCH_IMAGE = "no such image"


@dataclass(eq=False)
class InvalidFilter(Failure):
    """A term of the filter field that is unknown or half typed."""

    term: str
    fault: FilterFault
    expected: tuple[str, ...] = ()
    """Keys or examples that would be right."""


@dataclass(eq=False)
class ConfigProblem(Failure):
    """A Docker configuration or context file that cannot be used."""

    path: str
    detail: str = ""


@dataclass(eq=False)
class UnknownContext(Failure):
    """There is no Docker context of that name."""

    name: str
    known: tuple[str, ...] = ()
    """The names that there are."""


@dataclass(eq=False)
class UnusableContext(Failure):
    """The context that Docker's configuration says to use is of no use."""

    name: str
    why: Failure


@dataclass(eq=False)
class UnusableChoice(Failure):
    """The engine that the user chose last is of no use now."""

    name: str
    why: Failure


@dataclass(eq=False)
class FileNotWritten(Failure):
    """A file on this machine could not be written; nothing was left half-written."""

    path: str
    detail: str = ""


@dataclass(eq=False)
class EngineFailure(Failure):
    """What went wrong between us and an engine; `detail` holds the engine's own words."""

    subject: str = ""
    """The reference, ID or address it was about."""
    detail: str = ""


class Unreachability(Enum):
    """Why nothing answers at an engine's address."""

    NO_SOCKET = "no socket"
    REFUSED = "refused"
    NO_PERMISSION = "no permission"
    UNKNOWN_HOST = "unknown host"
    TIMEOUT = "timeout"
    BAD_ADDRESS = "bad address"
    UNSUPPORTED_TRANSPORT = "unsupported transport"
    OTHER = "other"


@dataclass(eq=False)
class EngineUnreachable(EngineFailure):
    """Nothing answers at the address in `subject`."""

    why: Unreachability = Unreachability.OTHER


@dataclass(eq=False)
class EngineNotStarted(EngineFailure):
    """The engine in `subject` was told to start, and did not."""


@dataclass(eq=False)
class EngineGone(EngineFailure):
    """The engine answered, and then the connection broke."""


@dataclass(eq=False)
class OutcomeUnknown(EngineFailure):
    """We stopped waiting; the engine may yet finish. Look again before trying again."""


@dataclass(eq=False)
class NotAnEngine(EngineFailure):
    """Something answers, but not as an engine does."""


@dataclass(eq=False)
class ApiMismatch(EngineFailure):
    """The engine and Layerhold have no API version in common."""

    engine_min: str = ""
    engine_max: str = ""


@dataclass(eq=False)
class ImageNotFound(EngineFailure):
    """The image is not there (any more)."""


@dataclass(eq=False)
class ContainerNotFound(EngineFailure):
    """The container is not there (any more)."""


@dataclass(eq=False)
class InUse(EngineFailure):
    """Containers hold the image; `firmly` when even force would not help."""

    containers: tuple[str, ...] = ()
    firmly: bool = False


@dataclass(eq=False)
class HasChildren(EngineFailure):
    """Other images were built on this one."""


@dataclass(eq=False)
class SeveralTags(EngineFailure):
    """The image has more than one tag and was to be deleted by ID."""


@dataclass(eq=False)
class HistoryUnavailable(EngineFailure):
    """The engine lists the image but cannot tell its history."""


@dataclass(eq=False)
class DiskFull(EngineFailure):
    """The disk of the engine is full."""


@dataclass(eq=False)
class Unsupported(EngineFailure):
    """This engine cannot do that."""


@dataclass(eq=False)
class ChangedMeanwhile(EngineFailure):
    """What was planned is no longer what would happen; nothing was done."""


@dataclass(eq=False)
class EngineRefused(EngineFailure):
    """Anything else the engine says no to, in its own words."""

    status: int = 0
