"""Change one member of a JSON object and leave every other letter of the text as it is."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SPACE = re.compile(r"[ \t\r\n]*")
INDENT = re.compile(r"\{[ \t]*\r?\n([ \t]+)\"")
TAB = "\t"
"""How the docker command indents."""

_decoder = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object in a text."""

    key: str
    start: int
    """Where its value begins."""
    end: int


def members(text: str, start: int = 0) -> Iterator[Member]:
    """The members of the object that begins at `start`; raises `ValueError` for other texts."""
    at = _after_space(text, start)
    if text[at : at + 1] != "{":
        raise ValueError("not an object")
    at = _after_space(text, at + 1)
    while text[at : at + 1] == '"':
        key, at = _decoder.raw_decode(text, at)
        begins = _after_space(text, _after_space(text, at) + 1)
        _, at = _decoder.raw_decode(text, begins)
        yield Member(key, begins, at)
        at = _after_space(text, _after_space(text, at) + 1)


def with_member(text: str, key: str, value: str) -> str:
    """The text of an object with a member of that value, which is JSON already."""
    known = [member for member in members(text) if member.key == key]
    if known:
        # Where there are several, the last one counts.
        return text[: known[-1].start] + value + text[known[-1].end :]
    opened = text.index("{") + 1
    line = f"{newline(text)}{indent(text)}{json.dumps(key)}: {value}"
    if next(members(text), None):
        return text[:opened] + line + "," + text[opened:]
    return text[:opened] + line + newline(text) + text[text.index("}", opened) :]


def written(values: Mapping[str, str], step: str, newline: str) -> str:
    """An object of such values, each JSON already, as it stands one step deep."""
    if not values:
        return "{}"
    lines = [f"{newline}{step * 2}{json.dumps(key)}: {value}" for key, value in values.items()]
    return "{" + ",".join(lines) + f"{newline}{step}}}"


def indent(text: str) -> str:
    """What a step of indentation is in this text."""
    found = INDENT.search(text)
    return found[1] if found else TAB


def newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _after_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at
