"""What the user changed of a plan to load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from layerhold.planning.load_rows import Spot

Wished = TypeVar("Wished", bool, str)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user changed; everything else is as the plan proposes it."""

    ticks: Mapping[Spot, bool] = field(default_factory=dict)
    names: Mapping[Spot, str] = field(default_factory=dict)
    """What tags are to be called instead, as `parse_tag_target` takes it."""

    def of(self, archives: Sequence[int]) -> "Wishes":
        """Those that are about these archives, when no others are left."""
        now = {before: at for at, before in enumerate(archives)}
        return Wishes(_moved(self.ticks, now), _moved(self.names, now))


def _moved(wished: Mapping[Spot, Wished], now: Mapping[int, int]) -> dict[Spot, Wished]:
    return {
        spot._replace(archive=now[spot.archive]): value
        for spot, value in wished.items()
        if spot.archive in now
    }
