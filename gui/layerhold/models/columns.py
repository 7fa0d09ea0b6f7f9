"""The columns of the image list: what they are called, and how they are laid out at first."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication

from layerhold.planning.ordering import Column

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ImageColumn:
    """A column before the user moved, hid or resized it."""

    key: Column
    sample: str
    """It is wide enough for this."""
    weight: int = 0
    """Its share of what room is left; 0: as wide as its sample."""
    hidden: bool = False
    fixed: bool = False
    """Whether it is read digit by digit, in the fixed font."""
    numeric: bool = False
    """Whether it is a size: at the right, and the largest first when it is sorted."""

    @property
    def descends(self) -> bool:
        """Whether the first click on the header brings the largest or the newest to the top."""
        return self.numeric or self.key is Column.CREATED


IMAGE_COLUMNS = (
    ImageColumn(Column.REPOSITORY, "repository/name", weight=5),
    ImageColumn(Column.TAG, "1.27-alpine", weight=3),
    ImageColumn(Column.IMAGE_ID, "0123456789ab", fixed=True),
    ImageColumn(Column.CREATED, "About a minute ago"),
    ImageColumn(Column.SIZE, "88.8 MB", numeric=True),
    ImageColumn(Column.SHARED, "88.8 MB", numeric=True),
    ImageColumn(Column.UNIQUE, "88.8 MB", numeric=True),
    ImageColumn(Column.PLATFORM, "arm64/v8"),
    ImageColumn(Column.USED_BY, "container", weight=3),
    ImageColumn(Column.DIGEST, "sha256:0123…89abcd", hidden=True, fixed=True),
    ImageColumn(Column.LABELS, "maintainer=someone", weight=4, hidden=True),
)
NUMBERS = {column.key: number for number, column in enumerate(IMAGE_COLUMNS)}


@cache
def title(column: Column) -> str:
    """What stands in the header; asked for hundreds of times while a window is laid out."""
    return {
        Column.REPOSITORY: translate("Columns", "Repository"),
        Column.TAG: translate("Columns", "Tag"),
        Column.IMAGE_ID: translate("Columns", "Image ID"),
        Column.CREATED: translate("Columns", "Created"),
        Column.SIZE: translate("Columns", "Size"),
        Column.SHARED: translate("Columns", "Shared"),
        Column.UNIQUE: translate("Columns", "Unique"),
        Column.PLATFORM: translate("Columns", "Platform"),
        Column.USED_BY: translate("Columns", "Used by"),
        Column.DIGEST: translate("Columns", "Digest"),
        Column.LABELS: translate("Columns", "Labels"),
    }[column]


def explanation(column: Column, *, packed: bool = False) -> str:
    """What the header's tooltip says of the column, where its title is not enough.

    `packed`: sizes are those of layers as they are stored.
    """
    said = _explanation(column)
    if packed and column in {Column.SIZE, Column.SHARED, Column.UNIQUE}:
        on_disk = translate("Columns", "Bytes on disk, where layers are compressed as they came.")
        return f"{said}. {on_disk}"
    return said


def _explanation(column: Column) -> str:
    return {
        Column.SIZE: translate("Columns", "All layers together, also those that others share"),
        Column.SHARED: translate("Columns", "Layers that other images have too"),
        Column.UNIQUE: translate("Columns", "Layers that only this image has"),
        Column.USED_BY: translate("Columns", "Containers, running or not, that need the image"),
    }.get(column, title(column))
