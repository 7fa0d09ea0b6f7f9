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
        (
            r"parsing time|cannot unmarshal|invalid tag|cannot load \w+ image on",
            ArchiveFault.UNUSABLE_IMAGE,
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


GUESS = re.compile(r"^ \* docker-archive: (?P<why>.*(?:\n(?! \* ).*)*)", re.MULTILINE)
"""Podman tries one format after the other, and tells why it was none of them; this is ours."""
DAMAGE = re.compile(r"unexpected digest|blob not found|content digest \S+ not found")


def damage_meaning(refused: EngineRefused) -> Failure:
    """The damage that the engine found in its own store, or what it was."""
    found = DAMAGE.search(refused.detail)
    return ImageDamaged(refused.subject, refused.detail) if found else refused


def archive_meaning(refused: EngineRefused) -> Failure:
    """The failure that the engine's message about an archive describes, or what it was."""
    if LAYOUT_ONLY.search(refused.detail):
        return Unsupported(refused.subject, refused.detail)
    guess = GUESS.search(refused.detail)
    words = guess["why"] if guess else refused.detail
    fault = _fault(words) or _fault(refused.detail)
    return ArchiveFailure("", fault, words) if fault else refused


def _fault(words: str) -> ArchiveFault | None:
    return next((fault for pattern, fault in MEANINGS if pattern.search(words)), None)
