"""The rows of a plan to load: an archive, its images, and their tags."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from layerhold.archives.choosing import Choice
from layerhold.archives.compression import Compression
from layerhold.archives.contents import ArchivedImage
from layerhold.planning.load_survey import Surveyed
from layerhold.planning.sharing import NO_BYTES, Bytes

WHOLE = -1


class Spot(NamedTuple):
    """Where a row stands: in which archive, at which image, at which of its tags."""

    archive: int
    image: int
    tag: int = WHOLE


class ImageEffect(Enum):
    """What becomes of an image if it is loaded."""

    NEW = "new"
    HERE = "here"
    """The engine has it already."""
    UNUSABLE = "unusable"
    """No engine can load it."""


class TagEffect(Enum):
    """What becomes of a tag if it is loaded."""

    NEW = "new"
    HERE = "here"
    """The engine's image has it already."""
    MOVES = "moves"
    """Another image of the engine has it, and loses it."""
    TAKEN = "taken"
    """Another image of this plan gets it."""
    NAMELESS = "nameless"
    """The image has no name in the archive, and none was given to it."""


@dataclass(frozen=True, slots=True)
class TagPlan:
    """One tag of an image, or the place for one where it has none."""

    written: str
    """As the archive has it, or empty."""
    name: str
    """As it is to be sent."""
    called: str
    """As the engine will call it."""
    ticked: bool
    effect: TagEffect
    loser: str = ""
    """The ID of the image that has it now, or empty."""
    kept: tuple[str, ...] = ()
    """The tags that this image keeps."""

    @property
    def is_coming(self) -> bool:
        return self.ticked and self.effect not in {TagEffect.TAKEN, TagEffect.NAMELESS}


@dataclass(frozen=True, slots=True)
class ImagePlan:
    """One image of an archive."""

    image: ArchivedImage
    ticked: bool
    effect: ImageEffect
    tags: tuple[TagPlan, ...]
    layers_here: int
    """How many of its layers the engine has, as far as anybody has looked."""
    is_foreign: bool
    """It is for another platform than the engine's."""
    local_id: str = ""
    """What the engine calls it, where it has it."""

    @property
    def coming(self) -> tuple[TagPlan, ...]:
        """The tags that it gets, each once although two may have been given the same name."""
        if not self.ticked:
            return ()
        return tuple({tag.called: tag for tag in self.tags if tag.is_coming}.values())


@dataclass(frozen=True)
class ArchivePlan:
    """One archive."""

    surveyed: Surveyed
    images: tuple[ImagePlan, ...]
    choice: Choice
    sent: Bytes = NO_BYTES
    is_untouched: bool = False
    """It is sent as it is, decompressed."""

    @cached_property
    def ticked(self) -> tuple[ImagePlan, ...]:
        return tuple(image for image in self.images if image.ticked)

    @cached_property
    def usable(self) -> int:
        """How many of its images an engine could load."""
        return sum(image.image.is_usable for image in self.images)

    @cached_property
    def packings(self) -> frozenset[Compression]:
        """How the layers that are sent are stored."""
        layers = (layer for row in self.ticked for layer in row.image.layers)
        return frozenset(layer.part.compression for layer in layers if layer.part)
