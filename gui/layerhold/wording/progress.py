"""How far a job is, and what has become of it."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from layerhold.domain.building import BuildProgress
from layerhold.domain.errors import ChangedMeanwhile, EngineGone, OutcomeUnknown
from layerhold.domain.outcomes import Removed
from layerhold.domain.progress import LayerProgress, LayerState, Phase, Progress
from layerhold.formatting import countdown, duration, size
from layerhold.jobs.job import Job, Outcome
from layerhold.jobs.loading import LoadResult
from layerhold.jobs.pruning import PruneResult
from layerhold.jobs.removing import RemovalResult, RowResult
from layerhold.planning.calls import StopContainer
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

UNKNOWN = (EngineGone, OutcomeUnknown)
"""After these nobody knows whether the engine did what it was asked."""


def progress(snapshot: Any) -> str:
    """`2 of 3 · nginx:1.27` or `41 of 66 MB · 8 MB/s · 3 s left`; empty while nothing is known."""
    snapshot = summed(snapshot)
    if not isinstance(snapshot, Progress):
        return ""
    parts = (_phase(snapshot), _amount(snapshot), *_pace(snapshot), name(snapshot.subject))
    return " · ".join(part for part in parts if part)


def summed(snapshot: Any) -> Any:
    """What is made of steps as one line of numbers; anything else as it is."""
    return snapshot.summed() if isinstance(snapshot, BuildProgress) else snapshot


def _phase(snapshot: Progress) -> str:
    """What the bytes alone would not tell."""
    if snapshot.phase is None:
        return ""
    return {
        Phase.CONNECTING: translate("Progress", "Connecting"),
        Phase.EXTRACTING: translate("Progress", "Extracting"),
        Phase.PACKING: translate("Progress", "The engine packs"),
        Phase.VERIFYING: translate("Progress", "Verifying"),
        Phase.IMPORTING: translate("Progress", "The engine imports"),
    }.get(snapshot.phase, "")


def _pace(snapshot: Progress) -> tuple[str, str]:
    rate, left = snapshot.rate, snapshot.seconds_left
    speed = translate("Progress", "{size}/s").replace("{size}", size(round(rate))) if rate else ""
    rest = translate("Progress", "{time} left")
    return speed, rest.replace("{time}", countdown(left)) if left is not None else ""


def _amount(snapshot: Progress) -> str:
    write = size if snapshot.unit == "bytes" else str
    if snapshot.total is None:
        return write(snapshot.done) if snapshot.done else ""
    return _part_of(write(snapshot.done), write(snapshot.total))


def _part_of(done: str, total: str) -> str:
    """`41 of 66 MB`; what is done alone where the whole is not known."""
    if not (done and total):
        return done or total
    number, _space, unit = done.partition(" ")
    if unit and total.endswith(f" {unit}"):
        done = number
    return translate("Progress", "{done} of {total}").format(done=done, total=total)


def layer_state(state: LayerState) -> str:
    """How far a layer is, in the words of `docker pull` and `docker push`."""
    return {
        LayerState.WAITING: translate("Progress", "Waiting"),
        LayerState.DOWNLOADING: translate("Progress", "Downloading"),
        LayerState.VERIFYING: translate("Progress", "Verifying"),
        LayerState.DOWNLOADED: translate("Progress", "Download complete"),
        LayerState.EXTRACTING: translate("Progress", "Extracting"),
        LayerState.PULLED: translate("Progress", "Pull complete"),
        LayerState.EXISTS: translate("Progress", "Already exists"),
        LayerState.PREPARING: translate("Progress", "Preparing"),
        LayerState.PUSHING: translate("Progress", "Pushing"),
        LayerState.PUSHED: translate("Progress", "Pushed"),
        LayerState.MOUNTED: translate("Progress", "Mounted"),
        LayerState.RETRYING: translate("Progress", "Retrying"),
        LayerState.LOADING: translate("Progress", "Loading"),
        LayerState.LOADED: translate("Progress", "Loaded"),
    }[state]


def layer_bytes(layer: LayerProgress) -> str:
    """`4.1 of 66 MB`; empty where nothing is known."""
    return _part_of(
        size(layer.done) if layer.done else "", size(layer.total) if layer.total else ""
    )


def outcome(job: Job) -> str:
    """What has become of a job, in a word or two."""
    if job.outcome is Outcome.SUCCEEDED and partly(job):
        nothing = did_nothing(job.result)
        partly_done = translate("Progress", "Partly done")
        return translate("Progress", "Nothing done") if nothing else partly_done
    return {
        Outcome.WAITING: translate("Progress", "Waiting"),
        Outcome.RUNNING: translate("Progress", "Running"),
        Outcome.CANCELLING: translate("Progress", "Cancelling…"),
        Outcome.SUCCEEDED: translate("Progress", "Done"),
        Outcome.FAILED: translate("Progress", "Failed"),
        Outcome.CANCELLED: translate("Progress", "Cancelled"),
    }[job.outcome]


def partly(job: Job) -> bool:
    """Whether a job came to its end, but not everything went well."""
    kinds = RemovalResult | PruneResult | LoadResult
    return isinstance(job.result, kinds) and job.result.incomplete


def did_nothing(result: RemovalResult | PruneResult | LoadResult) -> bool:
    """Whether it is certain that the engine holds what it held before, and no more."""
    if isinstance(result, LoadResult):
        return not result.loaded.images and not any(
            isinstance(each.failure, UNKNOWN) for each in result.failed
        )
    if isinstance(result, PruneResult):
        unknown = isinstance(result.cache_failure, UNKNOWN)
        return result.cache_freed is None and not unknown and did_nothing(result.images)
    return not result.images and not any(_may_have_acted(row) for row in result.rows)


def _may_have_acted(result: RowResult) -> bool:
    """A container that was stopped is told by nobody, unless the row was never begun."""
    if result.removed != Removed() or result.containers or isinstance(result.failure, UNKNOWN):
        return True
    stops = any(isinstance(call, StopContainer) for call in result.row.calls)
    return stops and not isinstance(result.failure, ChangedMeanwhile)


def line(job: Job) -> str:
    """A job in one line: `Remove 3 images · 2 of 3 · nginx:1.27 · 4 s`."""
    under_way = job.outcome is Outcome.RUNNING
    middle = progress(job.progress) if under_way else outcome(job)
    return " · ".join(part for part in (job.title, middle, duration(job.seconds)) if part)
