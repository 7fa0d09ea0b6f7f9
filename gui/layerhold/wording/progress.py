"""How far a job is, and what has become of it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from layerhold.domain.building import BuildProgress
from layerhold.domain.pace import WINDOW_SECONDS
from layerhold.domain.progress import LayerProgress, LayerState, Phase, Progress
from layerhold.formatting import countdown, duration, size
from layerhold.jobs.job import Job, Outcome
from layerhold.jobs.results import PartialResult
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

MOVING = {Phase.DOWNLOADING, Phase.UPLOADING, Phase.WRITING}
"""Whoever moves bytes tells of it all the time."""
STALLED_SECONDS = 10.0


def progress(snapshot: Any, silence: float = 0.0) -> str:
    """`2 of 3 · nginx:1.27` or `41 of 66 MB · 8 MB/s · 3 s left`; empty while nothing is known.

    `silence` is for how many seconds nothing new has been heard; a speed is soon out of date.
    """
    snapshot = summed(snapshot)
    if not isinstance(snapshot, Progress):
        return ""
    parts = (_phase(snapshot), _amount(snapshot), *_pace(snapshot, silence), name(snapshot.subject))
    return " · ".join(part for part in parts if part)


def under_way(job: Job) -> str:
    """How far a job is, without what its title says already."""
    snapshot = summed(job.progress)
    if isinstance(snapshot, Progress) and name(snapshot.subject) in job.title:
        snapshot = replace(snapshot, subject="")
    return progress(snapshot, job.silence)


def summed(snapshot: Any) -> Any:
    """What is made of steps as one line of numbers; anything else as it is."""
    return snapshot.summed() if isinstance(snapshot, BuildProgress) else snapshot


def _phase(snapshot: Progress) -> str:
    """What the bytes alone would not tell."""
    if snapshot.phase is None:
        return ""
    return {
        Phase.FINDING_LOGIN: translate("Progress", "Looking for the login"),
        Phase.CONNECTING: translate("Progress", "Connecting"),
        Phase.EXTRACTING: translate("Progress", "Extracting"),
        Phase.PACKING: translate("Progress", "The engine packs"),
        Phase.VERIFYING: translate("Progress", "Verifying"),
        Phase.IMPORTING: translate("Progress", "The engine imports"),
    }.get(snapshot.phase, "")


def _pace(snapshot: Progress, silence: float) -> tuple[str, str]:
    if snapshot.phase in MOVING and silence >= STALLED_SECONDS:
        stalled = translate("Progress", "stalled for {time}")
        return stalled.replace("{time}", duration(silence)), ""
    if silence >= WINDOW_SECONDS:
        return "", ""
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
    result = job.result
    if job.outcome is Outcome.SUCCEEDED and isinstance(result, PartialResult) and result.incomplete:
        partly_done = translate("Progress", "Partly done")
        return translate("Progress", "Nothing done") if result.nothing_done else partly_done
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
    return isinstance(job.result, PartialResult) and job.result.incomplete


def line(job: Job) -> str:
    """A job in one line: `Remove 3 images · 2 of 3 · nginx:1.27 · 4 s`."""
    middle = under_way(job) if job.outcome is Outcome.RUNNING else outcome(job)
    return " · ".join(part for part in (job.title, middle, duration(job.seconds)) if part)
