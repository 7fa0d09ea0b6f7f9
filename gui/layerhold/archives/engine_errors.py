"""The error that an engine writes into an archive when it fails while it saves.

The answer has begun by then and looks like success; only the last bytes tell.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from layerhold.archives import files
from layerhold.archives.compression import HEAD, told
from layerhold.archives.streams import blocks, exactly, plain
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token

TAIL = 64 << 10
"""Bytes at the end that are looked at."""
_BEGINNING = b'{"errorDetail"'
_SYMPTOMS = (ArchiveFault.TRUNCATED, ArchiveFault.CORRUPT)


class _Detail(msgspec.Struct):
    message: str = ""


class _Answer(msgspec.Struct):
    error_detail: _Detail = msgspec.field(name="errorDetail", default_factory=_Detail)


def sought(path: Path, failure: ArchiveFailure, token: Token) -> ArchiveFailure:
    """The failure, or what lies behind it where the archive's last bytes tell."""
    if failure.fault not in _SYMPTOMS:
        return failure
    message = message_in(_tail(path, token))
    if message is None:
        return failure
    return ArchiveFailure(str(path), ArchiveFault.ENGINE_ERROR_INSIDE, message)


def message_in(tail: bytes) -> str | None:
    """What the engine says at the end of these bytes, if they end with its error."""
    at = tail.rfind(_BEGINNING)
    if at < 0:
        return None
    try:
        return msgspec.json.decode(tail[at:].strip(b"\0 \r\n"), type=_Answer).error_detail.message
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _tail(path: Path, token: Token) -> bytes:
    """The last bytes that can be had."""
    tail = b""
    with suppress(ArchiveFailure), files.opened(path) as file:
        compression = told(exactly(file, HEAD))
        file.position = 0
        stream = plain(file, compression, token)
        if stream is file:
            file.skip(max(0, file.size - TAIL))
        for block in blocks(stream, token):
            tail = (tail + block)[-TAIL:]
    return tail
