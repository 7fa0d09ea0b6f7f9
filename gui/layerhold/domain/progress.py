"""How far an operation has come; each snapshot is the whole truth, so some may be skipped."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """What an operation that moves bytes does now."""

    FINDING_LOGIN = "finding login"
    """Asking whoever keeps it, which may take a minute to say nothing."""
    CONNECTING = "connecting"
    DOWNLOADING = "downloading"
    EXTRACTING = "extracting"
    UPLOADING = "uploading"
    PACKING = "packing"
    """The engine prepares an archive, and tells nothing of it."""
    WRITING = "writing"
    VERIFYING = "verifying"
    IMPORTING = "importing"
    """The engine has every byte, and works them in."""


class LayerState(Enum):
    """How far one layer is, in the words of `docker pull` and `docker push`."""

    WAITING = "Waiting"
    DOWNLOADING = "Downloading"
    VERIFYING = "Verifying"
    DOWNLOADED = "Download complete"
    EXTRACTING = "Extracting"
    PULLED = "Pull complete"
    EXISTS = "Already exists"
    PREPARING = "Preparing"
    PUSHING = "Pushing"
    PUSHED = "Pushed"
    MOUNTED = "Mounted"
    RETRYING = "Retrying"
    LOADING = "Loading"
    LOADED = "Loaded"


@dataclass(frozen=True, slots=True)
class LayerProgress:
    """One layer of an image on its way."""

    id: str
    """As the engine calls it, often a short digest."""
    state: LayerState
    done: int = 0
    """Bytes."""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` in `unit`; a total of `None` is not known."""

    done: int = 0
    total: int | None = None
    unit: str = "items"
    """`bytes` or `items`."""
    subject: str = ""
    """What is being worked on now, such as a reference."""
    phase: Phase | None = None
    rate: float | None = None
    """Bytes per second of late; `None` where nothing moves or it is not known."""
    seconds_left: float | None = None
    layers: tuple[LayerProgress, ...] = ()
    share: float | None = None
    """How much of the work is done, from 0 to 1, never less than before; `None` where `done` and
    `total` say it, which they do not while more follows than the bytes that move."""


Report = Callable[[Progress], None]
"""Takes snapshots as they come, in any number; raises `Cancelled` once the user asked to stop."""
