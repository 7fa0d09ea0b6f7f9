"""The steps of a build, and all that is known of one."""

from collections.abc import Iterator
from time import time as unix_seconds

from PySide6.QtCore import QCoreApplication

from layerhold.domain.build_errors import BuildFailed
from layerhold.domain.building import BuildProgress, BuildStep, StepState
from layerhold.formatting import duration, size, visible
from layerhold.jobs.job import Job
from layerhold.wording import explain
from layerhold.wording.details import outline

translate = QCoreApplication.translate


def state(step: BuildStep) -> str:
    """How far a step is, in a word."""
    return {
        StepState.WAITING: translate("BuildSteps", "Waiting"),
        StepState.RUNNING: translate("BuildSteps", "Running"),
        StepState.DONE: translate("BuildSteps", "Done"),
        StepState.CACHED: translate("BuildSteps", "Cached"),
        StepState.FAILED: translate("BuildSteps", "Failed"),
        StepState.CANCELLED: translate("BuildSteps", "Cancelled"),
    }[step.state]


def time(step: BuildStep, now: float) -> str:
    """How long it took, or has taken so far (`now`: Unix seconds); nothing for what was cached."""
    if step.state is StepState.RUNNING and step.started is not None:
        return duration(max(0.0, now - step.started))
    if step.seconds is None or step.state is StepState.CACHED:
        return ""
    return duration(step.seconds)


@outline.register
def _steps(progress: BuildProgress) -> Iterator[str]:
    now = unix_seconds()
    for step in progress.steps:
        yield " · ".join(filter(None, (visible(step.title), state(step), time(step, now))))


def step_text(step: BuildStep, job: Job) -> str:
    """Its place in the Dockerfile, what it wrote, and why it failed."""
    return "\n".join(_step_lines(step, job))


def _step_lines(step: BuildStep, job: Job) -> Iterator[str]:
    yield visible(step.title)
    if step.line:
        yield translate("BuildSteps", "Line {line} of the Dockerfile").format(line=step.line)
    if step.total and step.done:
        moved = translate("BuildSteps", "{done} of {total}")
        yield moved.format(done=size(step.done), total=size(step.total))
    yield ""
    yield from (visible(line) for line in step.output)
    if step.state is StepState.FAILED and isinstance(job.error, BuildFailed):
        said = explain(job.error)
        yield ""
        yield said.what
        yield said.hint
        if not step.output:
            yield from said.detail.splitlines()
