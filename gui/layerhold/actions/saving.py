"""Save something that is shown to a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from layerhold.actions.desk import Desk
from layerhold.actions.report import report
from layerhold.jobs.context import Context
from layerhold.jobs.writing import write
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def save(desk: Desk, suggested: str, content: bytes) -> None:
    """Ask where, and write it there in the background."""
    title = translate("Saving", "Save as")
    chosen, _ = QFileDialog.getSaveFileName(desk.window, title, suggested)
    if not chosen:
        return
    path = Path(chosen)
    said = translate("Saving", "Save {file}").replace("{file}", name(path.name))
    job = desk.runner.start(said, partial(_write, path, content))
    job.failed.connect(lambda error: report(desk, error, job))
    done = translate("Saving", "Saved {file}.").replace("{file}", name(str(path)))
    job.succeeded.connect(lambda _: desk.notices.inform(done))


def _write(path: Path, content: bytes, _context: Context) -> None:
    write(path, content)
