"""What is to be built, and how far a build has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from layerhold.domain.builders import Builder
from layerhold.domain.progress import Phase, Progress


@dataclass(frozen=True, slots=True)
class Secret:
    """What steps may read at `/run/secrets/ID` while they run, and no layer keeps."""

    id: str
    file: Path | None = None
    value: str = field(default="", repr=False)
    """Taken where there is no file."""


@dataclass(frozen=True, slots=True)
class BuildWish:
    """Everything that `docker build` is told."""

    context: Path
    builder: Builder
    dockerfile: Path | None = None
    """`Dockerfile` in the context where none is named; it may lie elsewhere."""
    tags: tuple[str, ...] = ()
    target: str = ""
    """A stage's name or number; the last one where empty."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """These stay readable in the image's history, so that they are no place for secrets."""
    secrets: tuple[Secret, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    no_cache: bool = False
    cache_from: tuple[str, ...] = ()
    always_pull: bool = False
    network: str = ""
    """`default`, `none`, `host`, or a network's name where the builder takes one."""
    platform: str = ""
    expected_bytes: int | None = None
    """What its summary found, for the progress of sending it."""

    @property
    def dockerfile_path(self) -> Path:
        return self.dockerfile or self.context / "Dockerfile"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the context."""

    path: str
    """As it stands in the context, with slashes."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class ContextSummary:
    """What a builder may be sent; BuildKit asks only for what it needs of it."""

    files: int = 0
    """Links and special files included, folders not."""
    bytes: int = 0
    largest: tuple[Entry, ...] = ()
    """Largest first."""
    left_out: int = 0
    """Entries that the ignore file keeps away; a folder left out as a whole counts once."""
    skipped: tuple[str, ...] = ()
    """Sockets, which cannot be sent."""
    unreadable: tuple[str, ...] = ()
    """Files and folders that would stop the build; the first of them."""
    ignore_file: Path | None = None


class StepState(Enum):
    """How far a step is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CACHED = "cached"
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = frozenset((StepState.DONE, StepState.CACHED, StepState.FAILED, StepState.CANCELLED))


@dataclass(frozen=True, slots=True)
class BuildStep:
    """One instruction, or something the builder does besides."""

    name: str
    """`RUN make`, or `load build context`."""
    state: StepState = StepState.WAITING
    number: int = 0
    """From 1, in its stage (BuildKit) or in the Dockerfile (classic); 0 for what is in neither."""
    of: int = 0
    stage: str = ""
    """The stage's name; `stage-2` for one that has none."""
    line: int = 0
    """In the Dockerfile, from 1; 0 where it is not known."""
    started: float | None = None
    """Unix seconds."""
    seconds: float | None = None
    """How long it took, once it is over."""
    done: int = 0
    """Bytes that were transferred for it."""
    total: int | None = None
    output: tuple[str, ...] = ()
    """The last lines that it wrote."""

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def title(self) -> str:
        """`[build 2/5] RUN make`, as `docker build` prints it."""
        if not self.number:
            return self.name
        where = f"{self.stage} {self.number}/{self.of}".strip()
        return f"[{where}] {self.name}"


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """Every step so far; each snapshot is the whole truth."""

    steps: tuple[BuildStep, ...] = ()
    sent: int = 0
    """Bytes of the context that the engine has."""
    to_send: int | None = None

    @property
    def current(self) -> BuildStep | None:
        """The step that runs, the latest of several."""
        running = [step for step in self.steps if step.state is StepState.RUNNING]
        return running[-1] if running else None

    def ended(self, state: StepState) -> "BuildProgress":
        """The same when nothing runs any more: what still ran is in this state."""
        steps = tuple(
            replace(step, state=state) if step.state is StepState.RUNNING else step
            for step in self.steps
        )
        return replace(self, steps=steps)

    def summed(self) -> Progress:
        """The same as one line: bytes while the context is sent, steps after that."""
        if not self.steps:
            return Progress(self.sent, self.to_send, "bytes", phase=Phase.UPLOADING)
        over = sum(step.over for step in self.steps)
        subject = self.current.title if self.current else ""
        return Progress(over, max(len(self.steps), self._announced()), "items", subject)

    def _announced(self) -> int:
        """The classic builder tells the number of steps before they begin."""
        return max((step.of for step in self.steps if not step.stage), default=0)


BuildReport = Callable[[BuildProgress], None]
"""Takes snapshots; raises `Cancelled` once the user asked to stop.

One comes at once when a step begins or ends, so that none of these may be skipped: the next may be
hours away. Bytes and output make at most ten a second.
"""
Note = Callable[[str], None]
"""Takes a line for the log."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it."""

    image_id: str
    tags: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
