"""Which line of an image's history made which of its layers.

An engine tells both, but not how they belong together: a line that made no layer has no size, and
so has a line that made an empty one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from layerhold.domain.digests import chain_ids
from layerhold.domain.layers import HistoryEntry, Step

NO_OPERATION = "#(nop)"
"""How the classic builder marks a line that ran no command."""
METADATA = frozenset(
    {"ENV", "CMD", "ENTRYPOINT", "LABEL", "EXPOSE", "USER", "ARG", "VOLUME", "STOPSIGNAL"}
    | {"HEALTHCHECK", "ONBUILD", "SHELL", "MAINTAINER"}
)


class Likelihood(IntEnum):
    """That a line made a layer."""

    NONE = 0
    LOW = 1
    HIGH = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class _Choice:
    """The lines that are taken to have made the layers, and which of them are beyond doubt."""

    chosen: frozenset[int]
    certain: frozenset[int]


def likelihood(entry: HistoryEntry) -> Likelihood:
    """What the line itself says.

    The classic builder makes a layer for WORKDIR when the folder was not there; BuildKit always.
    """
    if entry.size > 0:
        return Likelihood.CERTAIN
    _, marked, instruction = entry.created_by.partition(NO_OPERATION)
    verb = next(iter((instruction or entry.created_by).split(maxsplit=1)), "")
    if marked and verb == "WORKDIR":
        return Likelihood.LOW
    if verb in METADATA or (marked and verb not in {"ADD", "COPY"}):
        return Likelihood.NONE
    return Likelihood.HIGH


def pair(history: Sequence[HistoryEntry], diff_ids: Sequence[str]) -> tuple[Step, ...]:
    """Join history (newest first) and layers (lowest first) into steps, newest first.

    Layers that no line can have made get a step without a command. Steps whose place is a guess
    are not exact.
    """
    lines = history[::-1]
    choice = _choose([likelihood(line) for line in lines], len(diff_ids))
    layers = list(zip(diff_ids, chain_ids(diff_ids), strict=True))
    orphans = len(layers) - len(choice.chosen)
    steps = [Step(HistoryEntry(""), *layer, exact=False) for layer in layers[:orphans]]
    remaining = iter(layers[orphans:])
    for number, line in enumerate(lines):
        layer = next(remaining) if number in choice.chosen else ("", "")
        steps.append(Step(line, *layer, exact=number in choice.certain))
    return tuple(reversed(steps))


def _choose(likely: Sequence[Likelihood], layers: int) -> _Choice:
    """Prefer the likelier lines, and among equals the newer: what is below came with the base."""
    able = [number for number, chance in enumerate(likely) if chance]
    preferred = sorted(able, key=lambda number: (likely[number], number), reverse=True)
    chosen = frozenset(preferred[:layers])
    sized = sum(chance is Likelihood.CERTAIN for chance in likely)
    if sized > layers or len(able) < layers:
        return _Choice(chosen, frozenset())
    return _Choice(chosen, frozenset(_certain(likely, layers - sized)))


def _certain(likely: Sequence[Likelihood], empty: int) -> list[int]:
    """The lines with the same layer, or none, whichever lines made the `empty` layers."""
    doubtful = [chance in {Likelihood.LOW, Likelihood.HIGH} for chance in likely]
    total, before, certain = sum(doubtful), 0, []
    for number, doubt in enumerate(doubtful):
        fewest, most = max(0, empty - (total - before)), min(empty, before)
        settled = empty in {0, total} if doubt else fewest == most
        if settled or likely[number] is Likelihood.NONE:
            certain.append(number)
        before += doubt
    return certain
