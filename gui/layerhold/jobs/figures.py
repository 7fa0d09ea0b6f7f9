"""Fill in platform, shared and unique bytes of every image, in the background."""

from pathlib import Path

from platformdirs import user_cache_path
from PySide6.QtCore import QObject, Signal

from layerhold.engine.api import Engine
from layerhold.jobs import figure_cache
from layerhold.jobs.chore import Chore
from layerhold.jobs.measures import Measures
from layerhold.jobs.reading import Batch, Reading
from layerhold.jobs.runner import JobRunner, Work
from layerhold.jobs.snapshot import NOTHING, Snapshot


class FigureReader(QObject):
    """Reads what is not known yet, image by image; of one engine at a time."""

    read = Signal(object, object)
    """New anatomies by image ID, and the figures of every image whose anatomy is known."""

    def __init__(
        self, runner: JobRunner, cache: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._cache = cache
        self._engine: Engine | None = None
        self._images = NOTHING.images
        self._first: tuple[str, ...] = ()
        self._measures = Measures(Path())
        self._reading: Reading | None = None
        self._chore = Chore(runner, "Read sizes of layers", self._prepare, self)
        self._chore.delivered.connect(self._hand_over)

    def attend(self, engine: Engine | None) -> None:
        """Read this engine from now on; nothing of another arrives any more."""
        self._chore.drop()
        self._engine, self._images, self._first = engine, NOTHING.images, ()
        if engine:
            folder = self._cache or user_cache_path("layerhold")
            self._measures = self._measures.again(figure_cache.place(folder, engine))

    def want(self, snapshot: Snapshot) -> None:
        """Read what these images need; while one reading runs, it makes way for this one."""
        if self._engine and snapshot.images is not self._images:
            self._images = snapshot.images
            self._start()

    def put_first(self, *image_ids: str) -> None:
        """Read these before the others."""
        self._first = image_ids
        if self._chore.running and not self._measures.known.keys() >= set(image_ids):
            self._start()

    def _start(self) -> None:
        if self._reading:
            self._reading.outdated.set()
        self._chore.want()

    def _prepare(self) -> Work:
        assert self._engine is not None
        self._reading = Reading(self._engine, self._measures, self._images, self._first)
        return self._reading.run

    def _hand_over(self, batch: Batch) -> None:
        self.read.emit(batch.anatomies, batch.figures)
