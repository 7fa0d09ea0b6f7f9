"""The one place that decides what becomes of a failure."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from layerhold import logs
from layerhold.actions.desk import Desk
from layerhold.dialogs.failure import FailureDialog
from layerhold.domain.errors import Cancelled, Failure
from layerhold.formatting import visible
from layerhold.jobs.job import Job
from layerhold.wording import explain

translate = QCoreApplication.translate


def report(desk: Desk, error: Exception, job: Job | None = None) -> None:
    """Tell the user once: an expected failure as a notice, anything else as a bug.

    What a job did not expect is in the log already.
    """
    if isinstance(error, Cancelled):
        return
    if not isinstance(error, Failure):
        FailureDialog.ask(desk.window, error, logs.file())
        return
    said = explain(error)
    desk.notices.warn(said.what, said.hint, *details_of(desk, job))


def report_cancelled(desk: Desk, job: Job) -> None:
    """Say what the engine may still do, where it may."""
    if job.aftermath:
        said = translate("Report", "“{job}” was cancelled.").replace("{job}", visible(job.title))
        desk.notices.warn(said, job.aftermath, *details_of(desk, job))


def details_of(desk: Desk, job: Job | None) -> tuple[()] | tuple[str, Callable[[], None]]:
    """The button of a notice that leads to the job, where there is one to show."""
    show = desk.show_job
    if show is None or job is None:
        return ()
    return translate("Report", "Details"), lambda: show(job)
