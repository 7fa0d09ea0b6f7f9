"""What an engine tells line by line while it works: pull, push, load, import, build."""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec

from layerhold.domain.errors import EngineGone, NotAnEngine
from layerhold.engine.docker.answers import cut
from layerhold.engine.docker.refusals import meaning

if TYPE_CHECKING:
    import requests

LONGEST_LINE = 1 << 22
"""Bytes; an event carries all labels of its image, and a build step all of its output."""


class WireAmount(msgspec.Struct, gc=False):
    """Done and in all; engines leave out either, or say -1 for what they do not know."""

    current: int | None = None
    total: int | None = None
    units: str | None = None
    """Empty for bytes; the containerd store counts the seconds that unpacking takes."""


class WireError(msgspec.Struct, gc=False):
    """Why the engine gave up."""

    message: str | None = ""


class StreamEvent(msgspec.Struct, rename="camel", gc=False):
    """One line, whose `progress` and `error` are the older forms of the fields beside them."""

    status: str | None = ""
    id: str | None = ""
    """The layer, or else the tag, that the status is about."""
    stream: str | None = ""
    """Text for people, as `load` and `build` send it."""
    progress_detail: WireAmount | None = None
    error_detail: WireError | None = None
    error: str | None = ""
    aux: msgspec.Raw = msgspec.Raw(b"null")
    """Facts of one operation, such as the digest of what was pushed."""

    @property
    def failure(self) -> str:
        """What went wrong, in the engine's words."""
        return (self.error_detail.message if self.error_detail else "") or self.error or ""


def read_stream(
    answer: "requests.Response", ends: Callable[[StreamEvent], bool] | None = None
) -> Iterator[StreamEvent]:
    """Events as they come; raises the `Failure` that one of them tells.

    Where `ends` can tell the event that is due before the end, its absence is an `EngineGone`:
    a stream that was cut off looks as if it had ended.
    """
    complete = ends is None
    last = b""
    for line in lines(answer.iter_content(chunk_size=None)):
        last = line or last
        event = _event(line)
        if event is None:
            continue
        if event.failure:
            raise meaning(cut(event.failure), HTTPStatus.OK)
        complete = complete or (ends is not None and ends(event))
        yield event
    if not complete:
        raise EngineGone(detail=cut(last.decode(errors="replace")))


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of an answer, the last one also where nothing ends it; raises `NotAnEngine`."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from map(bytes.strip, whole)
        if len(rest) > LONGEST_LINE:
            raise NotAnEngine(detail=rest[:200].decode(errors="replace"))
    yield rest.strip()


def _event(line: bytes) -> StreamEvent | None:
    """The event in a line; none for shapes that we do not know."""
    try:
        return msgspec.json.decode(line, type=StreamEvent)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
