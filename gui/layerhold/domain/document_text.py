"""A document as indented lines, made a little at a time and cut where it is huge."""

import json
from collections.abc import Iterator

from msgspec import Raw

from layerhold.domain import document
from layerhold.domain.document import Key, Shape, Unreadable

INDENT = "  "
LONGEST = 1000
"""Bytes of a value that a line shows."""


def lines(raw: Raw) -> Iterator[str]:
    """The lines of the document, as JSON; long values are cut, odd characters stay escaped."""
    if not document.branches(raw):
        yield _scalar(raw)
        return
    brackets = _brackets(raw)
    yield brackets[0]
    # Python's own stack is not deep enough for what an engine may send.
    stack = [(_named(raw), brackets[1])]
    while stack:
        entries, end = stack[-1]
        depth = INDENT * len(stack)
        if (entry := next(entries, None)) is None:
            stack.pop()
            yield depth.removesuffix(INDENT) + end
            continue
        name, value, comma = entry
        if _is_empty(value):
            yield f"{depth}{name}{_scalar(value)}{comma}"
        else:
            brackets = _brackets(value)
            yield f"{depth}{name}{brackets[0]}"
            stack.append((_named(value), brackets[1] + comma))


def _named(raw: Raw) -> Iterator[tuple[str, Raw, str]]:
    """Every entry with its name in front and the comma behind it."""
    keys, values = _entries(raw)
    for at, (key, value) in enumerate(zip(keys, values, strict=True), 1):
        name = f"{_quoted(key)}: " if isinstance(key, str) else ""
        yield name, value, "," if at < len(values) else ""


def _entries(raw: Raw) -> tuple[list[Key], list[Raw]]:
    try:
        keys, values = document.entries(raw)
    except Unreadable:
        return [], []
    return list(keys), list(values)


def _brackets(raw: Raw) -> str:
    return "{}" if document.shape(raw) is Shape.OBJECT else "[]"


def _is_empty(raw: Raw) -> bool:
    return not document.branches(raw) or document.length(raw) <= len("{}")


def _scalar(raw: Raw) -> str:
    if document.shape(raw) is not Shape.TEXT:
        return document.beginning(raw, LONGEST)
    cut = "…" if document.length(raw) > LONGEST else ""
    return _quoted(document.beginning(raw, LONGEST) + cut)


def _quoted(text: str) -> str:
    """A JSON string in which everything that could trick the eye is escaped."""
    shown = text[:LONGEST]
    if shown.isprintable():
        return json.dumps(shown, ensure_ascii=False)
    return "".join(
        json.dumps(each, ensure_ascii=not each.isprintable())[1:-1] for each in shown
    ).join('""')
