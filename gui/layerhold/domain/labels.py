"""The labels of an image, kept as the JSON that they came in."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

PLAIN = re.compile(rb'\{"[^"\\]*":"[^"\\]*"(?:,"[^"\\]*":"[^"\\]*")*\}')
"""JSON as engines write it, with nothing but texts and no escapes in them."""


class Labels(Mapping[str, str]):
    """Read when somebody asks: thousands of images have them, and few are looked at.

    As a dict they would take three times the memory, and most of the time of reading a list.
    """

    __slots__ = ("_json",)

    def __init__(self, text: bytes) -> None:
        """`text` is an object in JSON, looked at when read; other values read as their JSON."""
        self._json = text

    def __getitem__(self, key: str) -> str:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Labels) and self._json == other._json:
            return True
        return isinstance(other, Mapping) and self._read() == dict(other)

    __hash__ = None  # type: ignore[assignment]  # as of any mapping that is compared by value

    @property
    def json(self) -> bytes:
        """As they came."""
        return self._json

    def lines(self) -> list[str]:
        """Each as `key=value`; where nothing is escaped, without reading the JSON."""
        if not PLAIN.fullmatch(self._json):
            return lines_of(self._read())
        return self._json[2:-2].decode().replace('":"', "=").split('","')

    def _read(self) -> dict[str, str]:
        return {key: _text(value) for key, value in json.loads(self._json).items()}


def lines_of(labels: Mapping[str, str]) -> list[str]:
    """Each label as `key=value`."""
    if isinstance(labels, Labels):
        return labels.lines()
    return [f"{key}={value}" for key, value in labels.items()]


def json_of(labels: Mapping[str, str]) -> bytes:
    """As engines write them, or nothing where there are none; quickly at hand."""
    if isinstance(labels, Labels):
        return labels.json
    return json.dumps(dict(labels)).encode() if labels else b""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
