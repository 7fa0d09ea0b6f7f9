"""Open the image that a job has made, where the user has not gone elsewhere meanwhile."""

from PySide6.QtCore import QObject

from layerhold.actions.desk import Desk
from layerhold.jobs.job import Job


class Opening(QObject):
    """Made when the job begins, and lives as long; waits until the list has the image."""

    def __init__(self, desk: Desk, job: Job) -> None:
        super().__init__(job)
        self._desk, self._before = desk, desk.selected()
        self._image_id = ""

    def open(self, image_id: str) -> None:
        """Select the image, now or when it is listed."""
        self._image_id = image_id
        self._desk.library.images_changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        if self._image_id in self._desk.library.images:
            self._desk.library.images_changed.disconnect(self._look)
            if self._desk.selected() == self._before:
                self._desk.select_image(self._image_id)
