"""What can be wrong with an archive of images, and with the file or folder that it is in.

Failure
├── ArchiveFailure
├── EngineFailure
│   └── ImageDamaged
└── FileNotWritten
    ├── FileInTheWay
    ├── FolderGone
    └── NoRoom
"""

from dataclasses import dataclass
from enum import Enum

from layerhold.domain.errors import EngineFailure, Failure, FileNotWritten


class ArchiveFault(Enum):
    """Why no image can be had from a path."""

    NOT_FOUND = "not found"
    NO_PERMISSION = "no permission"
    FOLDER = "folder"
    """A folder that is no OCI layout."""
    NOT_A_FILE = "not a file"
    """A socket, a device or a pipe."""
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    """The file is not the one any more that was looked at before."""

    NOT_AN_ARCHIVE = "not an archive"
    EMPTY = "empty"
    FILE_SYSTEM = "file system"
    """A root file system, which can be imported but not loaded."""
    UNSUPPORTED_COMPRESSION = "unsupported compression"

    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    WRONG_DIGEST = "wrong digest"
    MISSING_PART = "missing part"
    UNUSABLE_IMAGE = "unusable image"
    """An image that no engine takes, although nothing of the archive is missing."""
    ENGINE_ERROR_INSIDE = "engine error inside"
    """An engine failed while it saved, and wrote its error into the archive."""

    TOO_LARGE = "too large"
    HOSTILE = "hostile"
    """Made to harm: it unpacks without end, or leads out of its folder."""


@dataclass(eq=False)
class ArchiveFailure(Failure):
    """An archive, or what should have been one, cannot be used."""

    path: str
    fault: ArchiveFault
    detail: str = ""
    """Which part it is about, or what an engine or the system said."""


@dataclass(eq=False)
class FileInTheWay(FileNotWritten):
    """A file of that name is there, and nobody said that it may go."""


@dataclass(eq=False)
class FolderGone(FileNotWritten):
    """There is no such folder, or not any more; `path` is the folder's."""


@dataclass(eq=False)
class ImageDamaged(EngineFailure):
    """What the engine itself keeps of the image is damaged, which a save brings to light."""


@dataclass(eq=False)
class NoRoom(FileNotWritten):
    """The disk that a file was to be written to is full, or would be."""

    needed: int | None = None
    """Bytes, where they are known beforehand."""
    free: int | None = None
