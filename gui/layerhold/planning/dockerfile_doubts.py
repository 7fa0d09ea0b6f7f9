"""What in a Dockerfile a builder will stumble over, found without asking it."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import Enum

from layerhold.domain.builders import Limit
from layerhold.domain.dockerfile import Dockerfile, Written
from layerhold.domain.instructions import WORDS

BEFORE_FROM = frozenset(("FROM", "ARG"))
_BUILDKIT_FLAGS = {
    "RUN": re.compile(r"--(mount|network|security)="),
    "COPY": re.compile(r"--(link|chmod|parents|exclude)\b"),
    "ADD": re.compile(r"--(link|chmod|checksum|keep-git-dir|exclude|unpack)\b"),
}
"""What stands before the arguments of an instruction and the classic builder does not know."""


class DoubtKind(Enum):
    """What is wrong."""

    UNKNOWN = "unknown"
    """There is no such instruction."""
    TOO_EARLY = "too early"
    """It stands before the first FROM."""
    NO_BASE = "no base"
    """There is no FROM at all."""
    FLAG = "flag"
    """It has a flag that only BuildKit knows."""
    HEREDOC = "heredoc"
    """It has a here-document, which only BuildKit knows."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One line that will not do."""

    kind: DoubtKind
    line: int = 0
    """From 1; 0 where it is about the whole file."""
    what: str = ""
    """The instruction, or the flag with it."""


CERTAIN = {
    DoubtKind.NO_BASE: Limit.WHOLE_CONTEXT,
    DoubtKind.UNKNOWN: Limit.HEREDOCS,
    DoubtKind.TOO_EARLY: Limit.HEREDOCS,
}
"""The limits of builders that are known to have no way around: Buildah passes over what is too
early, and here-documents may only look like instructions."""


def doubts(dockerfile: Dockerfile, limits: Set[Limit]) -> tuple[Doubt, ...]:
    """In the order of the lines. The builder has the last word, so that these are only doubts."""
    return tuple(_doubts(dockerfile, limits))


def are_certain(doubts_: Iterable[Doubt], limits: Set[Limit]) -> bool:
    """Whether a builder with these limits is sure to stumble.

    BuildKit may read another language, and says at once what it cannot read.
    """
    return any(CERTAIN.get(each.kind) in limits for each in doubts_)


def _doubts(dockerfile: Dockerfile, limits: Set[Limit]) -> Iterator[Doubt]:
    begun = False
    for each in dockerfile.instructions:
        begun = begun or each.word == "FROM"
        if each.word not in WORDS:
            yield Doubt(DoubtKind.UNKNOWN, each.line, each.word)
        elif not begun and each.word not in BEFORE_FROM:
            yield Doubt(DoubtKind.TOO_EARLY, each.line, each.word)
        else:
            yield from _lacking(each, limits)
    if dockerfile.instructions and not begun:
        yield Doubt(DoubtKind.NO_BASE)


def _lacking(written: Written, limits: Set[Limit]) -> Iterator[Doubt]:
    if Limit.HEREDOCS in limits and written.has_heredoc:
        yield Doubt(DoubtKind.HEREDOC, written.line, written.word)
    if Limit.MOUNTS in limits and (flag := _flag(written)):
        yield Doubt(DoubtKind.FLAG, written.line, f"{written.word} {flag}")


def _flag(written: Written) -> str:
    pattern = _BUILDKIT_FLAGS.get(written.word)
    if pattern is None:
        return ""
    for word in written.text.split():
        if not word.startswith("--"):
            return ""
        if found := pattern.match(word):
            return f"--{found[1]}"
    return ""
