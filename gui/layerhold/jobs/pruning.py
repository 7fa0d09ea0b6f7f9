"""Carry out what pruning planned: removals one by one, and the build cache by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from layerhold.domain.errors import Failure
from layerhold.domain.layers import Anatomy
from layerhold.domain.progress import Progress
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.removing import RemovalResult, carry_out
from layerhold.jobs.results import UNKNOWN, PartialResult
from layerhold.planning.removal import RemovalPlan


@dataclass(frozen=True, slots=True)
class PrunePlan:
    """The images that go, and whether unused build cache goes with them."""

    images: RemovalPlan
    build_cache: bool = False


@dataclass(frozen=True, slots=True)
class PruneResult(PartialResult):
    """What became of it."""

    images: RemovalResult
    cache_freed: int | None = None
    """Bytes of build cache; `None` where it was not pruned."""
    cache_failure: Failure | None = None

    @property
    def incomplete(self) -> bool:
        return self.images.incomplete or self.cache_failure is not None

    @property
    def nothing_done(self) -> bool:
        unknown = isinstance(self.cache_failure, UNKNOWN)
        return self.cache_freed is None and not unknown and self.images.nothing_done


def prune(
    engine: Engine, plan: PrunePlan, anatomies: Mapping[str, Anatomy], context: Context
) -> PruneResult:
    """Do what was shown, and nothing else."""
    images = carry_out(engine, plan.images, anatomies, context)
    if not plan.build_cache or images.left:
        return PruneResult(images)
    rows = len(plan.images.ticked)
    try:
        context.report(Progress(rows, rows, "items"))
        return PruneResult(images, engine.prune_build_cache(context.token))
    except Failure as failure:
        return PruneResult(images, cache_failure=failure)
