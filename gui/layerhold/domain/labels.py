"""The labels of an image, in the form that filters search, or as the JSON that they came in."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from layerhold.domain.capitals import lowered, restored
from layerhold.domain.label_keys import NO_KEYS, Keys, keys_of

LARGE = 4096
"""Bytes; labels can hold megabytes, and what words search of them is cut."""
LONGEST = 256
"""Characters of each of large labels that words search."""

Test = Callable[[Mapping[str, str]], bool]


class Labels(Mapping[str, str]):
    """Read when somebody asks: thousands of images have them, and few are looked at.

    As a dict they would take four times the memory, and most of the time of reading a list. From
    the first search they are shared keys, and values in small letters with the places of capitals.
    """

    __slots__ = ("_capitals", "_json", "_keys", "_values")

    def __init__(self, text: bytes) -> None:
        """`text` is an object in JSON, looked at when read; other values read as their JSON."""
        self._json: bytes | None = text
        self._keys: Keys | None = None
        self._values = b""
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
    def searchable(self) -> tuple[Keys, bytes]:
        """Keys, and the values on a line each in small letters; keys may stand among those."""
        return (self._keys or self._fold()), self._values

    def lines(self) -> list[str]:
        """Each as `key=value`."""
        return [f"{key}={value}" for key, value in self._pairs()]

    def has(self, key: str, value: str | None) -> bool:
        """Whether the key is there, with that value unless it is `None`."""
        keys = self._keys or self._fold()
        if self._json is not None:
            return _is_among(self._read(), key, value)
        place = keys.places.get(key)
        if place is None or value is None:
            return place is not None
        if value.lower().encode(errors="surrogatepass") not in self._values:
            return False
        return self._restored()[place] == value

    def _fold(self) -> Keys:
        """The JSON goes if the parts say nothing else. Other threads may read meanwhile."""
        came = self._json
        parts = _foldable(came) if came is not None else None
        if parts is None:
            cut = "\n".join([line[:LONGEST] for line in self.lines()])
            self._values = b"\n%b\n" % cut.lower().encode(errors="surrogatepass")
            self._keys = keys = NO_KEYS
            return keys
        self._values, self._capitals = lowered(b"\n".join(parts[1::2]))
        self._keys = keys = keys_of(b"\n".join(parts[::2]))
        self._json = None
        return keys

    def _kept(self) -> tuple[object, ...]:
        came = self._json
        return (self._keys, self._values, self._capitals) if came is None else (came,)

    def _restored(self) -> list[str]:
        return restored(self._values, self._capitals).decode().split("\n")

    def _pairs(self) -> Iterable[tuple[str, str]]:
        came, keys = self._json, self._keys
        if came is None and keys is not None:
            return zip(keys.names, self._restored(), strict=True)
        if came is not None and (parts := _plain_parts(came)):
            texts = [part.decode() for part in parts]
            return zip(texts[::2], texts[1::2], strict=True)
        return self._read().items()

    def _read(self) -> dict[str, str]:
        came = self._json
        if came is not None:
            return {key: _text(value) for key, value in json.loads(came).items()}
        return dict(self._pairs())


def lines_of(labels: Mapping[str, str]) -> list[str]:
    """Each label as `key=value`."""
    if isinstance(labels, Labels):
        return labels.lines()
    return [f"{key}={value}" for key, value in labels.items()]


def searchable(labels: Mapping[str, str]) -> tuple[Keys, bytes]:
    """What words are looked for in: `Labels.searchable`; nothing where are none."""
    if isinstance(labels, Labels):
        return labels.searchable
    return Labels(json.dumps(dict(labels)).encode()).searchable if labels else (NO_KEYS, b"")


def text_of(labels: Mapping[str, str]) -> bytes:
    """Each label as `key=value` between line ends, in small letters; nothing where are none."""
    keys, values = searchable(labels)
    return text_from(keys, values)


def text_from(keys: Keys, values: bytes) -> bytes:
    """The text of labels whose searchable parts these are."""
    return keys.form % tuple(values.split(b"\n")) if keys.names else values


def labelled(wanted: str) -> Test:
    """Tells whether `key` or `key=value` is among labels."""
    key, equals, rest = wanted.partition("=")
    value = rest if equals else None

    def test(labels: Mapping[str, str]) -> bool:
        if isinstance(labels, Labels):
            return labels.has(key, value)
        return _is_among(labels, key, value)

    return test


def _is_among(labels: Mapping[str, str], key: str, value: str | None) -> bool:
    return key in labels and (value is None or labels[key] == value)


def _foldable(came: bytes) -> list[bytes] | None:
    """Keys and values in turn, if they can be read again and lowered letter by letter."""
    if len(came) > LARGE or not came.isascii():
        return None
    return _plain_parts(came) or _plain_parts_of(json.loads(came))


def _plain_parts(came: bytes) -> list[bytes] | None:
    """Those of JSON as engines write it, with nothing but texts and no escapes in them."""
    if b"\\" in came or b"\n" in came or came[:2] != b'{"' or came[-2:] != b'"}':
        return None
    parts = came[2:-2].replace(b'":"', b'","').split(b'","')
    # Where every quote is one of those between texts, there is nothing else than texts.
    return parts if came.count(b'"') == 2 * len(parts) else None


def _plain_parts_of(labels: Mapping[str, Any]) -> list[bytes] | None:
    parts = [part for key, value in labels.items() for part in (key, _text(value))]
    together = "".join(parts)
    if not parts or not together.isascii() or "\n" in together:
        return None
    return [part.encode() for part in parts]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
