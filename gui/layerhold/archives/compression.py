"""What archives and layers are compressed with, told by their first bytes."""

from enum import Enum


class Compression(Enum):
    """How bytes are packed; the value is the name of the program that does it."""

    NONE = ""
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"


HEAD = 16
"""Bytes that are enough to tell."""
_MAGIC = {
    b"\x1f\x8b\x08": Compression.GZIP,
    b"\x28\xb5\x2f\xfd": Compression.ZSTD,
    b"\xfd7zXZ\x00": Compression.XZ,
}
_BZIP2 = (b"1AY&SY", b"\x17rE8P\x90")
"""What follows `BZh` and a digit: a block, or the end of an empty stream."""
_FOREIGN = {
    b"\x04\x22\x4d\x18": "lz4",
    b"\x1f\x9d": "compress",
    b"LZIP": "lzip",
    b"PK\x03\x04": "zip",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!": "RAR",
}


def told(head: bytes) -> Compression:
    """By the first `HEAD` bytes, never by a name."""
    for magic, compression in _MAGIC.items():
        if head.startswith(magic):
            return compression
    if head[:3] == b"BZh" and head[4:10] in _BZIP2:
        return Compression.BZIP2
    return Compression.ZSTD if _is_skippable(head) else Compression.NONE


def foreign(head: bytes) -> str:
    """What made these bytes, where no engine reads that; else nothing."""
    return next((name for magic, name in _FOREIGN.items() if head.startswith(magic)), "")


def _is_skippable(head: bytes) -> bool:
    """Whether a frame begins here that zstd passes over (RFC 8878, section 3.1.2)."""
    return head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F
