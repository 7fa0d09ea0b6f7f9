"""How a place inside the engine's JSON is called: for people, for `--format`, and for jq."""

import json
import re

from layerhold.domain.document import Path

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def pointer(path: Path) -> str:
    """A JSON Pointer (RFC 6901), such as `/Config/Env/0`."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)


def jq(path: Path) -> str:
    """A jq filter, such as `.Config.Labels["a.b"]`."""
    steps = []
    for key in path:
        if isinstance(key, str) and _NAME.fullmatch(key):
            steps.append(f".{key}")
        else:
            opening = "" if steps else "."
            steps.append(f"{opening}[{json.dumps(key)}]")
    return "".join(steps) or "."


def template(path: Path) -> str:
    """A Go template for `docker image inspect --format`.

    `{{.Config.Env}}`, or `{{index .Config.Labels "a.b"}}` where a key is no Go name.
    """
    names = 0
    while names < len(path) and _is_name(path[names]):
        names += 1
    return f"{{{{{_expression(_dotted(path[:names]), path[names:])}}}}}"


def _expression(subject: str, rest: Path) -> str:
    """Index as long as keys are no names, then start again from what that gave."""
    while rest:
        keys = 1
        while keys < len(rest) and not _is_name(rest[keys]):
            keys += 1
        subject = f"index {subject} {' '.join(_literal(key) for key in rest[:keys])}"
        rest = rest[keys:]
        if rest:
            names = next((n for n, key in enumerate(rest) if not _is_name(key)), len(rest))
            subject = f"({subject}){_dotted(rest[:names])}"
            rest = rest[names:]
    return subject


def _dotted(names: Path) -> str:
    return "".join(f".{name}" for name in names) or "."


def _is_name(key: str | int) -> bool:
    return isinstance(key, str) and _NAME.fullmatch(key) is not None


def _literal(key: str | int) -> str:
    return f'"{"".join(map(_escaped, key))}"' if isinstance(key, str) else str(key)


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
