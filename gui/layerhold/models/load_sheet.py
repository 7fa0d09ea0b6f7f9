"""What is known of archives that may be loaded, row by row."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from layerhold.domain.archive_errors import ArchiveFailure
from layerhold.engine.about import Caps
from layerhold.models import load_rows
from layerhold.models.load_rows import Cells
from layerhold.planning.load_plan import LoadPlan
from layerhold.planning.load_rows import WHOLE, ArchivePlan, ImageEffect, ImagePlan, Spot
from layerhold.planning.load_survey import Surveyed

Found = Surveyed | ArchiveFailure | None
"""What is known of a file; `None` while nobody has looked into it."""


class LoadSheet:
    """A row is told by a `Spot`; below a file without images stand remedies in their place.

    The last rows below an image are not tags but problems.
    """

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self.paths: Sequence[Path] = ()
        self.found: Sequence[Found] = ()
        self.plan = LoadPlan()
        self.looking = False

    def archive(self, at: int) -> ArchivePlan | None:
        """What was planned for one file."""
        return self.plan.archives[at] if at < len(self.plan.archives) else None

    def image(self, spot: Spot) -> ImagePlan | None:
        """The image of a row, or of the tag in it."""
        archive = self.archive(spot.archive)
        return archive.images[spot.image] if archive and spot.image != WHOLE else None

    def failure(self, at: int) -> ArchiveFailure | None:
        """Why no image can be had from a file."""
        found = self.found[at]
        return found if isinstance(found, ArchiveFailure) else None

    def is_tag(self, spot: Spot) -> bool:
        """Whether it is a tag, or the place for one, that can be loaded."""
        image = self.image(spot)
        return image is not None and _is_usable(image) and 0 <= spot.tag < len(image.tags)

    def can_be_ticked(self, spot: Spot) -> bool:
        """Whether there is a choice."""
        if spot.image == WHOLE:
            archive = self.archive(spot.archive)
            return archive is not None and archive.usable > 0
        image = self.image(spot)
        return image is not None and _is_usable(image) and spot.tag < len(image.tags)

    def tick(self, spot: Spot) -> Qt.CheckState | None:
        """Whether it will be loaded."""
        if not self.can_be_ticked(spot):
            return None
        if spot.image == WHOLE:
            return _whole(self.archive(spot.archive))
        image = self.image(spot)
        ticked = image is not None and image.ticked
        if image and spot.tag != WHOLE:
            row = image.tags[spot.tag]
            ticked = ticked and row.ticked and bool(row.name)
        return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked

    def name(self, spot: Spot) -> str:
        """What a tag is to be called."""
        image = self.image(spot)
        return image.tags[spot.tag].name if image and self.is_tag(spot) else ""

    def below(self, spot: Spot) -> int:
        """How many rows stand below an image."""
        image = self.image(spot)
        return len(image.tags) + len(load_rows.troubles(image)) if image else 0

    def cells(self, spot: Spot) -> Cells:
        """What the row says."""
        if spot.image == WHOLE:
            return self._archive(spot.archive)
        if failure := self.failure(spot.archive):
            return load_rows.remedies(failure)[spot.image]
        image = self.image(spot)
        if image is None:
            return Cells("")
        return load_rows.image(image) if spot.tag == WHOLE else _detail(image, spot.tag)

    def _archive(self, at: int) -> Cells:
        path, plan = self.paths[at], self.archive(at)
        if failure := self.failure(at):
            return load_rows.failed(path, failure)
        if plan is None:
            return load_rows.unread(path, looking=self.looking or self.found[at] is not None)
        return load_rows.archive(path, plan, self._caps)


def _is_usable(row: ImagePlan) -> bool:
    return row.effect is not ImageEffect.UNUSABLE


def _detail(row: ImagePlan, number: int) -> Cells:
    if number < len(row.tags):
        return load_rows.tag(row.tags[number], of_ticked=row.ticked)
    return load_rows.trouble(load_rows.troubles(row)[number - len(row.tags)])


def _whole(archive: ArchivePlan | None) -> Qt.CheckState:
    if archive is None or not archive.choice:
        return Qt.CheckState.Unchecked
    every = len(archive.choice) == archive.usable
    return Qt.CheckState.Checked if every else Qt.CheckState.PartiallyChecked
