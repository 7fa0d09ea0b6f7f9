"""Values out of the engine's JSON, whatever it put there."""

from collections.abc import Mapping, Sequence

from msgspec import Raw

from layerhold.domain import document
from layerhold.domain.document import Shape, Unreadable

LONGEST = 4000
"""Bytes of one value that are decoded."""


def mapping(raw: Raw | None) -> Mapping[str, Raw]:
    """An object's entries; none for anything else."""
    if raw is None or document.shape(raw) is not Shape.OBJECT:
        return {}
    try:
        keys, values = document.entries(raw)
    except Unreadable:
        return {}
    return {str(key): value for key, value in zip(keys, values, strict=True)}


def listing(values: Mapping[str, Raw], key: str) -> Sequence[Raw]:
    """An array's values; none for anything else."""
    raw = values.get(key)
    if raw is None or document.shape(raw) is not Shape.ARRAY:
        return ()
    try:
        return document.entries(raw)[1]
    except Unreadable:
        return ()


def text(values: Mapping[str, Raw], key: str) -> str:
    """A text or number; nothing for null and for anything else."""
    raw = values.get(key)
    if raw is None or document.branches(raw):
        return ""
    found = document.beginning(raw, LONGEST)
    return "" if found == "null" and document.shape(raw) is Shape.OTHER else found


def words(values: Mapping[str, Raw], key: str) -> str:
    """A command in its exec form, `["nginx", "-g"]`; as it is, where it is one text."""
    found = [document.beginning(raw, LONGEST) for raw in listing(values, key)]
    quoted = ", ".join(f'"{_escaped(word)}"' for word in found)
    return f"[{quoted}]" if found else text(values, key)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')
