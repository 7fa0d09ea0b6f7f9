"""The headers of tar members: POSIX, pax and GNU. Reads blocks and knows no files."""

from dataclasses import dataclass
from typing import Final
from zlib import adler32

BLOCK: Final = 512
NOTHING: Final = bytes(BLOCK)
"""Two such blocks end an archive."""

FILES = frozenset(b"0\x007")
HARD_LINK, SYMBOLIC_LINK, FOLDER = ord("1"), ord("2"), ord("5")
GNU_SPARSE = ord("S")
PAX, PAX_GLOBAL = ord("x"), ord("g")
LONG_NAME, LONG_LINK = ord("L"), ord("K")
ABOUT_THE_NEXT = frozenset((PAX, PAX_GLOBAL, LONG_NAME, LONG_LINK))
WITHOUT_DATA = frozenset(b"123456")
"""Links, devices, folders and pipes have no bytes, whatever size they tell."""

_LARGEST = 1 << 60
_CHECKSUM = slice(148, 156)
_SPACES = 8 * ord(" ")
_ADLER = 65521
"""Half of an Adler-32 is the sum of the bytes by this measure, five times as fast as `sum`."""


class NotAHeader(ValueError):
    """The block is no header of a tar member."""


@dataclass(slots=True)
class Header:
    """One header block, and what the blocks before it said about it."""

    name: str
    size: int
    type: int
    link: str
    is_sparse: bool = False

    def apply(self, records: dict[str, str]) -> None:
        """Let pax records overrule the block."""
        self.name = records.get("path", self.name)
        self.link = records.get("linkpath", self.link)
        self.is_sparse = any(key.startswith("GNU.sparse.") for key in records)
        if "size" in records:
            self.size = _decimal(records["size"])


def header(block: bytes) -> Header:
    """What a block says; raises `NotAHeader`."""
    _check_sum(block)
    name = _text(block[:100])
    if block[257:263] == b"ustar\0" and block[345]:
        name = f"{_text(block[345:500])}/{name}"
    kind = block[156]
    is_sparse = kind == GNU_SPARSE
    return Header(name, _number(block[124:136]), kind, _text(block[157:257]), is_sparse)


def pax_records(content: bytes) -> dict[str, str]:
    """`length key=value` lines, the length counting itself; raises `NotAHeader`."""
    records, at = {}, 0
    while at < len(content) and content[at]:
        space = content.find(b" ", at, at + 20)
        end = at + _decimal(_text(content[at : max(space, at)]))
        key, equals, value = content[space + 1 : end - 1].partition(b"=")
        if space < 0 or end <= space or content[end - 1 : end] != b"\n" or not equals:
            raise NotAHeader("pax record")
        records[_text(key)] = value.decode(errors="surrogateescape")
        at = end
    return records


def long_text(content: bytes) -> str:
    """A name that GNU tar wrote into a member of its own."""
    return _text(content)


def _check_sum(block: bytes) -> None:
    field = block[_CHECKSUM]
    without_it = (adler32(block) & 0xFFFF) - 1 - sum(field) + _SPACES
    if (without_it - _number(field)) % _ADLER:
        raise NotAHeader("checksum")


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode(errors="surrogateescape")


def _number(field: bytes) -> int:
    """Octal digits, or GNU's binary form for what they cannot hold."""
    if field[0] & 0x80:
        number = int.from_bytes(field, "big") & ~(0x80 << 8 * (len(field) - 1))
        if field[0] == 0xFF or number > _LARGEST:
            raise NotAHeader("number")
        return number
    digits = field.strip(b" \0")
    try:
        number = int(digits, 8) if digits else 0
    except ValueError as error:
        raise NotAHeader("number") from error
    if number < 0 or number > _LARGEST:
        raise NotAHeader("number")
    return number


def _decimal(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20) or int(text) > _LARGEST:
        raise NotAHeader("number")
    return int(text)
