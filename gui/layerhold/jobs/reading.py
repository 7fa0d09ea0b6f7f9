"""Read the anatomy of every image that is not known yet, one after the other."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

from layerhold.domain.errors import EngineFailure, EngineGone, EngineUnreachable, OutcomeUnknown
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.measures import Measures
from layerhold.jobs.memory import return_free_blocks
from layerhold.planning.sharing import Figures

log = logging.getLogger(__name__)

BATCH_SECONDS = 0.25
SHARE = 8
"""Counting shared layers takes no more than this part of the time."""

GONE = (EngineGone, EngineUnreachable, OutcomeUnknown)


@dataclass(frozen=True, slots=True)
class Batch:
    """Anatomies that are new, and the figures that follow from all of them."""

    anatomies: Mapping[str, Anatomy]
    figures: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Reading:
    """One run: what to read, in which order, and when to make way for a newer wish."""

    engine: Engine
    measures: Measures
    images: Mapping[str, Image]
    first: tuple[str, ...] = ()
    outdated: Event = field(default_factory=Event)

    def run(self, context: Context) -> None:
        """Deliver a `Batch` now and then; ends early when outdated, with nothing lost."""
        self.measures.load(self.images)
        try:
            self._read(context)
        finally:
            self.measures.keep(self.images)
            return_free_blocks()

    def _read(self, context: Context) -> None:
        if self.measures.is_new_to(self.images):
            self._deliver(context)
        for image_id in self._missing():
            if self.outdated.is_set():
                return
            self._measure(image_id, context)
            if monotonic() >= self.measures.due:
                self._deliver(context)
        if self.measures.has_news:
            self._deliver(context)

    def _measure(self, image_id: str, context: Context) -> None:
        try:
            self.measures.add(image_id, self.engine.anatomy(image_id, context.token))
        except GONE:
            raise
        except EngineFailure as why:
            # It vanished meanwhile, or is damaged: its row stays empty, and the others follow.
            log.info("No sizes of %s: %r", image_id, why)

    def _missing(self) -> Iterator[str]:
        for image_id in dict.fromkeys((*self.first, *self.images)):
            if image_id in self.images and image_id not in self.measures.known:
                yield image_id

    def _deliver(self, context: Context) -> None:
        started = monotonic()
        new = self.measures.untold(self.images)
        context.deliver(Batch(new, self.measures.weigh(self.images)))
        spent = monotonic() - started
        self.measures.due = started + spent + max(BATCH_SECONDS, SHARE * spent)
