"""Show what came of a job: a file where the desktop shows files, an image in the list."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from layerhold.actions.desk import Desk
from layerhold.jobs.job import Job, WayOn

translate = QCoreApplication.translate


def show_in_folder(path: Path) -> None:
    """Open the folder that it is in."""
    open_folder(path.parent)


def open_folder(folder: Path) -> None:
    """Open it in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def offer_image(desk: Desk, job: Job, image_id: str) -> None:
    """Let the job lead to an image that it brought."""
    if desk.show_image:
        text = translate("Showing", "Show image")
        job.way_on = WayOn(text, partial(desk.show_image, image_id))
        job.changed.emit()
