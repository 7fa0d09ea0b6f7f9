"""The labels of an image, in the form that filters search, or as the JSON that they came in."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from layerhold.domain.capitals import lowered, restored

PLAIN = re.compile(rb'\{"[^"\\=\n]*":"[^"\\\n]*"(?:,"[^"\\=\n]*":"[^"\\\n]*")*\}')
"""JSON as engines write it, with nothing but texts and no escapes in them."""
LARGE = 4096
"""Bytes; labels can hold megabytes, and what words search of them is cut."""
LONGEST = 256
"""Characters of each of large labels that words search."""

Test = Callable[[Mapping[str, str]], bool]


class Labels(Mapping[str, str]):
    """Read when somebody asks: thousands of images have them, and few are looked at.

    As a dict they would take three times the memory, and most of the time of reading a list. From
    the first search they are the lines `key=value` in small letters with the places of capitals.
    """

    __slots__ = ("_capitals", "_json", "_text")

    def __init__(self, text: bytes) -> None:
        """`text` is an object in JSON, looked at when read; other values read as their JSON."""
        self._json: bytes | None = text
        self._text = b""
        self._capitals = ""

    def __getitem__(self, key: str) -> str:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Labels) and self._kept() == other._kept():
            return True
        return isinstance(other, Mapping) and self._read() == dict(other)

    __hash__ = None  # type: ignore[assignment]  # as of any mapping that is compared by value

    @property
    def text(self) -> bytes:
        """Each label as `key=value` between line ends, in small letters; for words to search."""
        if not self._text:
            self._text = self._fold()
        return self._text

    def lines(self) -> list[str]:
        """Each as `key=value`; where nothing is escaped, without reading the JSON."""
        came = self._json
        plain = self._restored() if came is None else _plain_lines(came)
        return _pairs(self._read()) if plain is None else plain.decode().split("\n")

    def has(self, wanted: str, line: bytes) -> bool:
        """Whether `key` or `key=value` is there; in small letters, its line begins like `line`."""
        if line not in self.text:
            # Only where the JSON was kept may there be more than the text tells.
            return self._json is not None and _is_among(self._read(), wanted)
        sure = self._json is None and not self._capitals and wanted.islower()
        return sure or _is_among(self._read(), wanted)

    def _fold(self) -> bytes:
        """The text; the JSON goes if it says nothing else. Other threads may read meanwhile."""
        came = self._json
        if came is None:
            return self._text
        lines = _foldable(came)
        if lines is None:
            cut = "\n".join([line[:LONGEST] for line in self.lines()])
            return b"\n%b\n" % cut.lower().encode(errors="surrogatepass")
        small, self._capitals = lowered(lines)
        self._text = text = b"\n%b\n" % small
        self._json = None
        return text

    def _kept(self) -> tuple[bytes | str, ...]:
        came = self._json
        return (self._text, self._capitals) if came is None else (came,)

    def _restored(self) -> bytes:
        return restored(self._text[1:-1], self._capitals)

    def _read(self) -> dict[str, str]:
        came = self._json
        if came is not None:
            return {key: _text(value) for key, value in json.loads(came).items()}
        parts = (line.partition("=") for line in self._restored().decode().split("\n"))
        return {key: value for key, _, value in parts}


def lines_of(labels: Mapping[str, str]) -> list[str]:
    """Each label as `key=value`."""
    return labels.lines() if isinstance(labels, Labels) else _pairs(labels)


def text_of(labels: Mapping[str, str]) -> bytes:
    """Each label as `key=value` between line ends, in small letters; nothing where are none."""
    if isinstance(labels, Labels):
        return labels.text
    return Labels(json.dumps(dict(labels)).encode()).text if labels else b""


def labelled(wanted: str) -> Test:
    """Tells whether `key` or `key=value` is among labels."""
    line = f"\n{wanted}\n" if "=" in wanted else f"\n{wanted}="
    small, plain = line.lower().encode(errors="surrogatepass"), "\n" not in wanted

    def test(labels: Mapping[str, str]) -> bool:
        if plain and isinstance(labels, Labels):
            return labels.has(wanted, small)
        return _is_among(labels, wanted)

    return test


def _is_among(labels: Mapping[str, str], wanted: str) -> bool:
    key, equals, value = wanted.partition("=")
    return key in labels and (not equals or labels[key] == value)


def _foldable(came: bytes) -> bytes | None:
    """Lines that can be read again and lowered letter by letter, or `None`."""
    if len(came) > LARGE:
        return None
    lines = _plain_lines(came)
    if lines is None:
        lines = _plain_lines_of(json.loads(came))
    return lines if lines is not None and lines.isascii() else None


def _plain_lines(came: bytes) -> bytes | None:
    if not PLAIN.fullmatch(came):
        return None
    return came[2:-2].replace(b'":"', b"=").replace(b'","', b"\n")


def _plain_lines_of(labels: Mapping[str, Any]) -> bytes | None:
    pairs = {key: _text(value) for key, value in labels.items()}
    if not pairs or any("=" in key for key in pairs) or "\n" in "".join(chain(*pairs.items())):
        return None
    return "\n".join(_pairs(pairs)).encode(errors="surrogatepass")


def _pairs(labels: Mapping[str, str]) -> list[str]:
    return [f"{key}={value}" for key, value in labels.items()]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
