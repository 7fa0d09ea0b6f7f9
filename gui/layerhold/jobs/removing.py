"""Carry out a removal plan row by row, each re-checked just before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.domain.errors import (
    Cancelled,
    ChangedMeanwhile,
    ContainerNotFound,
    EngineGone,
    EngineUnreachable,
    Failure,
    ImageNotFound,
    InUse,
)
from layerhold.domain.layers import Anatomy
from layerhold.domain.outcomes import Removed
from layerhold.domain.progress import Progress
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.measuring import Scales
from layerhold.jobs.present import Present
from layerhold.jobs.results import UNKNOWN, PartialResult
from layerhold.planning.calls import Call, RemoveContainer, RemoveImage, StopContainer
from layerhold.planning.removal import RemovalPlan, Row
from layerhold.planning.sharing import Bytes
from layerhold.planning.targets import OneTag


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row; even one that failed may have done something."""

    row: Row
    removed: Removed
    containers: tuple[Container, ...] = ()
    """Those that were deleted."""
    failure: Failure | None = None

    @property
    def was_gone(self) -> bool:
        """Whether somebody else did before what the row was to do."""
        return isinstance(self.failure, ImageNotFound)

    @property
    def may_have_acted(self) -> bool:
        """A container that was stopped is told by nobody, unless the row was never begun."""
        if self.removed != Removed() or self.containers or isinstance(self.failure, UNKNOWN):
            return True
        stops = any(isinstance(call, StopContainer) for call in self.row.calls)
        return stops and not isinstance(self.failure, ChangedMeanwhile)


@dataclass(frozen=True, slots=True)
class RemovalResult(PartialResult):
    """What became of a removal plan."""

    rows: tuple[RowResult, ...]
    left: tuple[Row, ...]
    """Rows that were not begun, because the user or the engine stopped."""
    freed: Bytes
    """What really came free."""
    images: tuple[str, ...]
    """IDs of the images that were deleted; an engine may name deleted layers as well."""

    @property
    def untagged(self) -> tuple[str, ...]:
        return tuple(name for row in self.rows for name in row.removed.untagged)

    @property
    def containers(self) -> tuple[Container, ...]:
        return tuple(container for row in self.rows for container in row.containers)

    @property
    def failed(self) -> tuple[RowResult, ...]:
        return tuple(row for row in self.rows if row.failure and not row.was_gone)

    @property
    def gone(self) -> tuple[RowResult, ...]:
        return tuple(row for row in self.rows if row.was_gone)

    @property
    def incomplete(self) -> bool:
        return bool(self.left or self.failed)

    @property
    def nothing_done(self) -> bool:
        return not self.images and not any(row.may_have_acted for row in self.rows)


def carry_out(
    engine: Engine, plan: RemovalPlan, anatomies: Mapping[str, Anatomy], context: Context
) -> RemovalResult:
    """Do what the ticked rows say; a failure stops its row, and only a lost engine the rest.

    Being cancelled between two rows is no error: the result says what was done, and what was left.
    """
    present = Present(engine, anatomies, context.token)
    scales = Scales(engine, present.world, plan.freed.certainty, context.token)
    results: list[RowResult] = []
    rows = plan.ticked
    for row in rows:
        try:
            context.report(Progress(len(results), len(rows), "items", subject(row)))
            results.append(_carry_out(engine, row, present, context.token))
        except Cancelled:
            break
        if isinstance(results[-1].failure, EngineGone | EngineUnreachable):
            break
    return _sum_up(tuple(results), rows[len(results) :], scales)


def subject(row: Row) -> str:
    """What a row is about: its tag, the first of the image's tags, or the image's ID."""
    if isinstance(row.target, OneTag):
        return row.target.tag
    return row.untagged[0] if row.untagged else row.target.image_id


def _carry_out(engine: Engine, row: Row, present: Present, token: Token) -> RowResult:
    """Raises `Cancelled` where that came before the row had done anything."""
    removed, cleared = Removed(), set[str]()
    failure: Failure | None = None
    begun = False
    try:
        present.check(row)
        begun = True
        for call in row.calls:
            removed += _perform(engine, call, token)
            if isinstance(call, RemoveContainer):
                cleared.add(call.container_id)
    except Failure as error:
        if isinstance(error, Cancelled) and not begun:
            raise
        failure = error
    containers = tuple(
        container
        for container in row.containers_deleted
        if failure is None or container.id in cleared
    )
    result = _complete(engine, RowResult(row, removed, containers, failure))
    present.forget(result.removed.deleted, result.containers)
    return result


def _perform(engine: Engine, call: Call, token: Token) -> Removed:
    try:
        match call:
            case StopContainer(container_id):
                engine.stop_container(container_id, token)
            case RemoveContainer(container_id):
                engine.remove_container(container_id)
            case RemoveImage(target, force):
                return engine.remove(target, force=force)
    except ContainerNotFound:
        pass
    except ImageNotFound:
        if not (isinstance(call, RemoveImage) and call.unless_gone):
            raise
    return Removed()


def _complete(engine: Engine, result: RowResult) -> RowResult:
    """The result with every deleted image; where those are all, nothing has failed.

    Podman speaks of untagging when it deletes a parent, and answers 409 when it has deleted an
    image and then may not delete its parent.
    """
    row, told = result.row, result.removed
    gone = tuple(each for each in _unnamed(result) if not _is_there(engine, each))
    if not gone:
        return result
    names = row.untagged if row.target.image_id in gone else ()
    unsaid = Removed(tuple(name for name in names if name not in told.untagged), gone)
    completed = replace(result, removed=told + unsaid)
    if _unnamed(completed):
        return completed
    return replace(completed, failure=None, containers=row.containers_deleted)


def _unnamed(result: RowResult) -> list[str]:
    """What the row was to delete, and the engine may have deleted without saying so."""
    if result.failure and not isinstance(result.failure, InUse):
        return []
    return [each for each in result.row.deleted if each not in result.removed.deleted]


def _is_there(engine: Engine, image_id: str) -> bool:
    try:
        engine.image(image_id)
    except ImageNotFound:
        return False
    except Failure:
        return True
    return True


def _sum_up(results: tuple[RowResult, ...], left: tuple[Row, ...], scales: Scales) -> RemovalResult:
    deleted = [image_id for result in results for image_id in result.removed.deleted]
    images = scales.images_among(deleted)
    containers = [container for result in results for container in result.containers]
    freed = scales.weigh(images, containers)
    return RemovalResult(results, left, freed, images)
