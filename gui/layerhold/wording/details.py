"""Everything that is known about a job, as text that can be copied."""

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from PySide6.QtCore import QCoreApplication

from layerhold.formatting import duration, moment, visible
from layerhold.jobs.job import Job, Outcome
from layerhold.wording import explain, progress
from layerhold.wording.failures import Said

translate = QCoreApplication.translate


def details(job: Job) -> str:
    """What the job did, line by line: every ID, every failure, and the way on."""
    return "\n".join(_lines(job))


def _lines(job: Job) -> Iterator[str]:
    yield visible(job.title)
    taken = translate("Details", "{outcome}, started {start}, took {time}")
    start = moment(int(job.started_at.timestamp()))
    time = duration(job.seconds)
    if job.running:
        yield f"{progress.outcome(job)} · {start}"
    else:
        yield taken.format(outcome=progress.outcome(job), start=start, time=time)
    if job.outcome is Outcome.CANCELLED and job.aftermath:
        yield job.aftermath
    if job.error:
        yield ""
        yield from told(explain(job.error))
    yield from result_lines(job.result)
    if job.log.missing:
        yield from outline(job.progress)
        lost = translate("Details", "({count} earlier lines are not kept)")
        yield lost.replace("{count}", f"{job.log.missing:,}")
    yield from (visible(line) for line in job.log)


@singledispatch
def outline(progress: Any) -> Iterator[str]:
    """The headings of a log, for one that has lost some; nothing where it has none."""
    del progress
    return iter(())


@singledispatch
def result_lines(result: Any) -> Iterator[str]:
    """What a job's result says; nothing for one that has nothing to say."""
    del result
    return iter(())


def told(said: Said, indent: str = "") -> Iterator[str]:
    """A failure, its way on, and what the engine or the system said, each in a line."""
    yield indent + said.what
    if said.hint:
        yield indent + said.hint
    if said.detail and said.detail not in said.hint:
        yield indent + translate("Details", "In detail: {words}").replace("{words}", said.detail)
