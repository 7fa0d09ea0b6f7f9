"""What an engine's words about an archive mean; other engines say the same in other words."""

import re

from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault, ImageDamaged
from layerhold.domain.errors import EngineRefused, Failure, Unsupported

LAYOUT_ONLY = re.compile(r"/blobs/json: no such file")
"""Docker's graph drivers take each folder of an archive for an image of the oldest style."""
MEANINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), fault)
    for pattern, fault in (
        (
            r"invalid diffID|wrong diff id|digest did not match|unexpected digest|invalid checksum",
            ArchiveFault.WRONG_DIGEST,
        ),
        (r"unexpected EOF|short read", ArchiveFault.TRUNCATED),
        (
            r"exec: \"(?:xz|unxz|unpigz|zstd)\": executable file not found",
            ArchiveFault.UNSUPPORTED_COMPRESSION,
        ),
        (r"invalid tar header", ArchiveFault.NOT_AN_ARCHIVE),
        (r"/repositories: no such file", ArchiveFault.EMPTY),
        (r"/json: no such file", ArchiveFault.FILE_SYSTEM),
        (
            r"unrecognized image format|not match any of the supported image formats",
            ArchiveFault.NOT_AN_ARCHIVE,
        ),
    )
)


DAMAGE = re.compile(r"unexpected digest|blob not found|content digest \S+ not found")


def damage_meaning(refused: EngineRefused) -> Failure:
    """The damage that the engine found in its own store, or what it was."""
    found = DAMAGE.search(refused.detail)
    return ImageDamaged(refused.subject, refused.detail) if found else refused


def archive_meaning(refused: EngineRefused) -> Failure:
    """The failure that the engine's message about an archive describes, or what it was."""
    if LAYOUT_ONLY.search(refused.detail):
        return Unsupported(refused.subject, refused.detail)
    for pattern, fault in MEANINGS:
        if pattern.search(refused.detail):
            return ArchiveFailure("", fault, refused.detail)
    return refused
