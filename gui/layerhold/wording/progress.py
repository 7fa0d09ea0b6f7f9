"""How far a job is, and what has become of it."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from layerhold.domain.progress import Progress
from layerhold.formatting import duration, size
from layerhold.jobs.job import Job, Outcome
from layerhold.jobs.pruning import PruneResult
from layerhold.jobs.removing import RemovalResult
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


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
        return translate("Progress", "Partly done")
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


def line(job: Job) -> str:
    """A job in one line: `Remove 3 images · 2 of 3 · nginx:1.27 · 4 s`."""
    middle = progress(job.progress) if job.running else outcome(job)
    return " · ".join(part for part in (job.title, middle, duration(job.seconds)) if part)
