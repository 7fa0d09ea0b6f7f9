"""Start a job on the engine that the user was asked about."""

from layerhold.actions.desk import Desk
from layerhold.actions.report import report, report_cancelled
from layerhold.domain.errors import ChangedMeanwhile, EngineGone
from layerhold.domain.progress import Phase, Progress
from layerhold.engine.api import Engine
from layerhold.jobs.job import Job
from layerhold.jobs.lane import Lane
from layerhold.jobs.runner import Work
from layerhold.wording import aftermath as words


def start(
    desk: Desk,
    engine: Engine,
    title: str,
    work: Work,
    *,
    lane: Lane | None = None,
    aftermath: str = "",
) -> Job | None:
    """Run it on that engine or not at all; a failure is told, and then the engine looked at.

    `aftermath` says what the engine may still do where it is cancelled.
    """
    if desk.engine is not engine:
        report(desk, EngineGone() if desk.engine is None else ChangedMeanwhile())
        return None
    job = desk.runner.start(title, work, lane=lane)
    job.aftermath = aftermath
    job.failed.connect(lambda error: report(desk, error, job))
    job.cancelled.connect(lambda: report_cancelled(desk, job))
    job.settled.connect(desk.refresh)
    return job


def heed_import(job: Job) -> None:
    """An engine that has every byte may work them in although the job is cancelled."""

    def heed(snapshot: Progress) -> None:
        job.aftermath = words.of_import() if snapshot.phase is Phase.IMPORTING else ""

    job.progressed.connect(heed)


def same_engine(desk: Desk, engine: Engine) -> Engine | None:
    """The engine that is shown now, if it is that one, connected anew perhaps."""
    now = desk.engine
    return now if now is not None and now.endpoint == engine.endpoint else None
