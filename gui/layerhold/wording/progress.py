"""How far a job is, and what has become of it."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from layerhold.domain.errors import ChangedMeanwhile, EngineGone, OutcomeUnknown
from layerhold.domain.outcomes import Removed
from layerhold.domain.progress import Progress
from layerhold.formatting import duration, size
from layerhold.jobs.job import Job, Outcome
from layerhold.jobs.pruning import PruneResult
from layerhold.jobs.removing import RemovalResult, RowResult
from layerhold.planning.calls import StopContainer
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

UNKNOWN = (EngineGone, OutcomeUnknown)
"""After these nobody knows whether the engine did what it was asked."""


def progress(snapshot: Any) -> str:
    """`2 of 3 · nginx:1.27`; empty while nothing is known."""
    if not isinstance(snapshot, Progress):
        return ""
    return " · ".join(part for part in (_amount(snapshot), name(snapshot.subject)) if part)


def _amount(snapshot: Progress) -> str:
    write = size if snapshot.unit == "bytes" else str
    done = write(snapshot.done)
    if snapshot.total is None:
        return done if snapshot.done else ""
    of = translate("Progress", "{done} of {total}")
    return of.format(done=done, total=write(snapshot.total))


def outcome(job: Job) -> str:
    """What has become of a job, in a word or two."""
    if job.outcome is Outcome.SUCCEEDED and partly(job):
        nothing = did_nothing(job.result)
        partly_done = translate("Progress", "Partly done")
        return translate("Progress", "Nothing done") if nothing else partly_done
    return {
        Outcome.RUNNING: translate("Progress", "Running"),
        Outcome.CANCELLING: translate("Progress", "Cancelling…"),
        Outcome.SUCCEEDED: translate("Progress", "Done"),
        Outcome.FAILED: translate("Progress", "Failed"),
        Outcome.CANCELLED: translate("Progress", "Cancelled"),
    }[job.outcome]


def partly(job: Job) -> bool:
    """Whether a job came to its end, but not everything went well."""
    return isinstance(job.result, RemovalResult | PruneResult) and job.result.incomplete


def did_nothing(result: RemovalResult | PruneResult) -> bool:
    """Whether it is certain that the engine holds all that it held before."""
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
    middle = progress(job.progress) if job.running else outcome(job)
    return " · ".join(part for part in (job.title, middle, duration(job.seconds)) if part)
