"""A JSON document that is read level by level, so that ten megabytes cost no more than one look."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum

import msgspec
from msgspec import Raw

Key = str | int
Path = tuple[Key, ...]
Entry = tuple[Path, Raw]


class Shape(Enum):
    """What kind of value it is."""

    OBJECT = "object"
    ARRAY = "array"
    TEXT = "text"
    OTHER = "other"
    """A number, true, false or null."""


class Unreadable(Exception):
    """It is not JSON, or nested deeper than can be read."""


_HALVES = tuple(map(chr, range(0xD800, 0xDC00)))
"""What is left of a character outside the basic plane when its second escape is cut off."""

_SHAPES = {b"{": Shape.OBJECT, b"[": Shape.ARRAY, b'"': Shape.TEXT}


def document(answer: bytes) -> Raw:
    """The whole of an engine's answer; raises `Unreadable`."""
    raw = Raw(answer.strip())
    entries(raw)
    return raw


def shape(raw: Raw) -> Shape:
    return _SHAPES.get(bytes(memoryview(raw)[:1]), Shape.OTHER)


def branches(raw: Raw) -> bool:
    return shape(raw) in {Shape.OBJECT, Shape.ARRAY}


def length(raw: Raw) -> int:
    """Bytes that the value takes in the document."""
    return memoryview(raw).nbytes


def entries(raw: Raw) -> tuple[Sequence[Key], Sequence[Raw]]:
    """Keys and values one level below, in the engine's order; raises `Unreadable`."""
    with _readable():
        match shape(raw):
            case Shape.OBJECT:
                found = msgspec.json.decode(raw, type=dict[str, Raw])
                return list(found), list(found.values())
            case Shape.ARRAY:
                values = msgspec.json.decode(raw, type=list[Raw])
                return range(len(values)), values
            case _:
                msgspec.json.decode(raw)
                return (), ()


def at(raw: Raw, path: Path) -> Raw | None:
    """The value at a path, or `None` where there is none; raises `Unreadable`."""
    for key in path:
        keys, values = entries(raw)
        if key not in keys:
            return None
        raw = values[keys.index(key)]
    return raw


def text(raw: Raw) -> str:
    """A text as it is, any other value as JSON on lines of its own; never fails."""
    try:
        with _readable():
            if shape(raw) is Shape.TEXT:
                return msgspec.json.decode(raw, type=str)
            return msgspec.json.format(bytes(raw), indent=2).decode()
    except Unreadable:
        return bytes(raw).decode(errors="replace")


def beginning(raw: Raw, limit: int) -> str:
    """As `text`, but made from no more than `limit` bytes, and on one line; never fails."""
    cut = bytes(memoryview(raw)[:limit])
    if shape(raw) is not Shape.TEXT:
        return cut.decode(errors="replace")
    if length(raw) <= limit:
        return text(raw)
    return _torn(cut.decode(errors="ignore"))


def _torn(string: str) -> str:
    """The text of a JSON string that ends somewhere, perhaps within an escape."""
    for end in range(len(string), max(0, len(string) - 6), -1):
        try:
            whole = str(json.loads(string[:end] + '"', strict=False))
        except json.JSONDecodeError:
            continue
        return whole[:-1] if whole.endswith(_HALVES) else whole
    return string


def walk(raw: Raw) -> Iterator[Entry]:
    """Every value below, in the order of the document; raises `Unreadable`."""
    stack = [_below((), raw)]
    while stack:
        if (found := next(stack[-1], None)) is None:
            stack.pop()
            continue
        yield found
        if branches(found[1]):
            stack.append(_below(*found))


def _below(path: Path, raw: Raw) -> Iterator[Entry]:
    keys, values = entries(raw)
    return (((*path, key), value) for key, value in zip(keys, values, strict=True))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise Unreadable from problem
