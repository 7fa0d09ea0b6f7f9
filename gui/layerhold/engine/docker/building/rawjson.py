"""What `docker buildx build --progress=rawjson` writes: JSON objects, and words between them.

Objects are spread over lines (buildx 0.13) or stand on one each; the error comes after them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from layerhold.domain.building import BuildStep, StepState
from layerhold.domain.dockerfile import Dockerfile, line_in_stage
from layerhold.engine.docker.building.ledger import Ledger

NAME = re.compile(r"\[(?:[^\s/]+/\S+ )?(?:(\S+) )?(\d+)/(\d+)\] (.*)", re.DOTALL)
"""`[build 2/5] RUN make`, with the platform first where there are several."""
CANCELLED = re.compile(r"context cancell?ed")


class Vertex(msgspec.Struct, gc=False):
    """A step; repeated whole whenever something about it changes."""

    digest: str = ""
    name: str = ""
    started: datetime | None = None
    completed: datetime | None = None
    cached: bool = False
    error: str = ""


class Status(msgspec.Struct, gc=False):
    """Something within a step that moves bytes."""

    id: str = ""
    vertex: str = ""
    current: int = 0
    total: int = 0


class Log(msgspec.Struct, gc=False):
    """What a step writes."""

    vertex: str = ""
    data: bytes = b""


class Warned(msgspec.Struct, gc=False):
    """What BuildKit finds questionable in a Dockerfile."""

    short: bytes = b""


class Update(msgspec.Struct, gc=False):
    """One object of the stream."""

    vertexes: list[Vertex] | None = None
    statuses: list[Status] | None = None
    logs: list[Log] | None = None
    warnings: list[Warned] | None = None


class Splitter:
    """Parts a stream of bytes into updates and lines of words."""

    def __init__(self) -> None:
        self._rest = b""
        self._object: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[Update | str]:
        """What has become whole with these bytes."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            yield from self._line(line)

    def end(self) -> Iterator[Update | str]:
        """The last line, which nothing need end."""
        yield from self._line(self._rest)

    def _line(self, line: bytes) -> Iterator[Update | str]:
        if not self._object and not line.startswith(b"{"):
            yield line.decode(errors="replace")
            return
        self._object.append(line)
        if line.startswith(b"}") or (len(self._object) == 1 and line.rstrip().endswith(b"}")):
            whole = b"\n".join(self._object)
            self._object.clear()
            yield _update(whole)


def _update(whole: bytes) -> Update | str:
    """The update in an object; its text where it is of another shape."""
    try:
        return msgspec.json.decode(whole, type=Update)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return whole.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Follower:
    """Keeps the ledger's steps by the updates."""

    ledger: Ledger
    dockerfile: Dockerfile
    moved: dict[str, dict[str, tuple[int, int]]]
    """Bytes done and in all, by step and by what moves there."""

    def take(self, update: Update) -> None:
        """Take in an update."""
        # A step may be told twice in one update, as over and as begun again.
        newest = {vertex.digest: vertex for vertex in update.vertexes or ()}
        for vertex in newest.values():
            self.ledger.put(vertex.digest, self._step(vertex))
        for status in update.statuses or ():
            self._move(status)
        for log in update.logs or ():
            self.ledger.write(log.vertex, log.data.decode(errors="replace"))
        for warning in update.warnings or ():
            self.ledger.warn(warning.short.decode(errors="replace"))

    def _step(self, vertex: Vertex) -> BuildStep:
        found = NAME.fullmatch(vertex.name)
        stage, number, of = (found[1] or "", int(found[2]), int(found[3])) if found else ("", 0, 0)
        done, total = self._moved(vertex.digest)
        return BuildStep(
            found[4] if found else vertex.name,
            _state(vertex),
            number,
            of,
            stage,
            line_in_stage(self.dockerfile, stage, number, of) if number else 0,
            vertex.started.timestamp() if vertex.started else None,
            _seconds(vertex),
            done,
            total,
        )

    def _move(self, status: Status) -> None:
        self.moved.setdefault(status.vertex, {})[status.id] = status.current, status.total
        if step := self.ledger.step(status.vertex):
            done, total = self._moved(status.vertex)
            self.ledger.put(status.vertex, replace(step, done=done, total=total))

    def _moved(self, key: str) -> tuple[int, int | None]:
        amounts = self.moved.get(key, {}).values()
        return sum(done for done, _ in amounts), sum(total for _, total in amounts) or None


def _state(vertex: Vertex) -> StepState:
    if vertex.error:
        return StepState.CANCELLED if CANCELLED.search(vertex.error) else StepState.FAILED
    if vertex.cached:
        return StepState.CACHED
    if vertex.completed:
        return StepState.DONE
    return StepState.RUNNING if vertex.started else StepState.WAITING


def _seconds(vertex: Vertex) -> float | None:
    if vertex.started is None or vertex.completed is None:
        return None
    return (vertex.completed - vertex.started).total_seconds()
