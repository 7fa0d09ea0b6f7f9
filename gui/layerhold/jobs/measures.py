"""What is known about the sizes of one engine's images, and what is yet to be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Self

from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.jobs import figure_cache
from layerhold.planning.sharing import Figures, distinct, figures


@dataclass(slots=True)
class Measures:
    """Belongs to the one job of this engine that runs; kept from one run to the next."""

    cache: Path
    known: dict[str, Anatomy] = field(default_factory=dict)
    figures: dict[str, Figures] = field(default_factory=dict)
    told_of: Mapping[str, Image] = field(default_factory=dict)
    """The images whose anatomies were handed over, but for those that are `fresh`."""
    fresh: set[str] = field(default_factory=set)
    """IDs that were read since."""
    due: float = 0.0
    """When to hand over next (monotonic seconds)."""
    _layers: dict[LayerSize, LayerSize] = field(default_factory=dict)
    _anatomies: dict[Anatomy, Anatomy] = field(default_factory=dict)
    _loaded: bool = False
    _unsaved: bool = False
    _untold: bool = False
    _weighed: Mapping[str, Image] | None = None

    def again(self, cache: Path) -> Self:
        """For a new connection, which may be one to the same engine; all is to be told anew."""
        if cache != self.cache:
            return type(self)(cache)
        return type(self)(
            cache,
            dict(self.known),
            _layers=self._layers,
            _anatomies=self._anatomies,
            _loaded=self._loaded,
        )

    def load(self, present: Iterable[str]) -> None:
        """Take over what was kept of an earlier start, once."""
        if not self._loaded:
            self.known |= figure_cache.load(self.cache, present)
            anatomies = distinct(self.known.values()).values()
            self._anatomies = {anatomy: anatomy for anatomy in anatomies}
            layers = chain.from_iterable(anatomy.layers for anatomy in anatomies)
            self._layers = {layer: layer for layer in layers}
            self._loaded = True

    def add(self, image_id: str, anatomy: Anatomy) -> None:
        """Images that share a layer share its object from now on, or all if all is the same."""
        layers = tuple([self._layers.setdefault(layer, layer) for layer in anatomy.layers])
        shared = replace(anatomy, layers=layers)
        self.known[image_id] = self._anatomies.setdefault(shared, shared)
        self.fresh.add(image_id)
        self._unsaved = self._untold = True

    @property
    def has_news(self) -> bool:
        """Whether something was read since the last hand-over."""
        return self._untold

    def is_new_to(self, images: Mapping[str, Image]) -> bool:
        """Whether the figures were counted for other images than these."""
        return self._weighed is not images

    def keep(self, present: Iterable[str]) -> None:
        """Write the cache if there is something new; what is gone from the engine goes from it."""
        if self._unsaved:
            figure_cache.save(self.cache, self.known, present)
            self._unsaved = False

    def untold(self, images: Mapping[str, Image]) -> dict[str, Anatomy]:
        """What is known about these images and was not handed over yet."""
        known, self._untold = self.known, False
        told, fresh = self.told_of, self.fresh
        self.told_of, self.fresh = images, set()
        return {
            image_id: known[image_id]
            for image_id in images
            if image_id in known and (image_id in fresh or image_id not in told)
        }

    def weigh(self, images: Mapping[str, Image]) -> dict[str, Figures]:
        """Shared and unique bytes; what has not changed is the object of the time before.

        Intermediate images are left out: they go with their descendants.
        """
        known, before, self._weighed = self.known, self.figures, images
        shown = {
            image_id: known[image_id]
            for image_id, image in images.items()
            if image_id in known and not image.intermediate
        }
        self.figures = {
            image_id: old if (old := before.get(image_id)) == new else new
            for image_id, new in figures(shown).items()
        }
        return self.figures
