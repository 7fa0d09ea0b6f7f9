"""What a registry wants to be shown: the `WWW-Authenticate` header (RFC 9110, 11.6.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_GAP = re.compile(r"[\s,]*")
_PARAMETER = re.compile(rf'({_WORD})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')
_SCHEME = re.compile(rf"({_WORD})(?=\s|,|$)")
_ESCAPED = re.compile(r"\\(.)")

BASIC, BEARER = "basic", "bearer"


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way to show who one is."""

    scheme: str
    """In lower case."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """By names in lower case."""

    def get(self, name: str) -> str:
        """A parameter, empty where there is none."""
        return self.parameters.get(name, "")


def parse(header: str) -> tuple[Challenge, ...]:
    """Every challenge of the header in its order, as far as it makes sense."""
    challenges: list[Challenge] = []
    parameters: dict[str, str] = {}
    at = _after_gap(header, 0)
    while at < len(header):
        if challenges and (found := _PARAMETER.match(header, at)):
            name, quoted, plain = found.groups()
            value = plain if quoted is None else _ESCAPED.sub(r"\1", quoted)
            parameters.setdefault(name.lower(), value)
        elif found := _SCHEME.match(header, at):
            parameters = {}
            challenges.append(Challenge(found[1].lower(), parameters))
        else:
            break
        at = _after_gap(header, found.end())
    return tuple(challenges)


def best(header: str) -> Challenge | None:
    """The challenge that we can meet: a token rather than the password itself."""
    known = {challenge.scheme: challenge for challenge in reversed(parse(header))}
    return known.get(BEARER) or known.get(BASIC)


def _after_gap(header: str, at: int) -> int:
    found = _GAP.match(header, at)
    return found.end() if found else at
