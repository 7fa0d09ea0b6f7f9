"""Read the details of the image that the user looks at."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from layerhold.actions.desk import Desk
from layerhold.domain.errors import ImageNotFound
from layerhold.engine.api import Engine
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.describing import Description, describe
from layerhold.jobs.runner import Work


class Describer(QObject):
    """One image at a time: who looks at the next no longer waits for the one before."""

    described = Signal(object)
    """A `Description`."""
    failed = Signal(str, object)
    """The image's ID, and why it could not be read."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._image_id = ""
        self.reading = Chore(desk.runner, "Read details", self._prepare, self)
        self.reading.succeeded.connect(self._pass_on)
        self.reading.failed.connect(self._tell)

    def describe(self, image_id: str) -> None:
        """Read this image; without an engine, nothing happens until there is one."""
        self.reading.drop()
        self._image_id = image_id
        if self._desk.engine:
            self.reading.want()

    def _prepare(self) -> Work:
        assert self._desk.engine is not None
        return partial(_describe, self._desk.engine, self._image_id)

    def _pass_on(self, description: Description) -> None:
        self.described.emit(description)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, ImageNotFound):
            self._desk.refresh()
        self.failed.emit(self._image_id, error)


def _describe(engine: Engine, image_id: str, context: Context) -> Description:
    return describe(engine, image_id, context.token)
