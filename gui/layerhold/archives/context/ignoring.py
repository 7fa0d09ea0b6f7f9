"""`.dockerignore`, read as Docker reads it.

After `github.com/moby/patternmatcher`, whose rules both builders share: a pattern also holds for
everything beneath what it matches, `**` matches any number of folders, and the last pattern that
matches decides. The SDK's own matcher sees only one parent, and does not look for exceptions such
as `!**/keep` in folders that are left out.
"""

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.build_errors import ContextFault, ContextProblem

NAME = ".dockerignore"
LARGEST = 4_000_000
"""Bytes; an ignore file that is longer is not one."""
_WILD = re.compile(r"[*?\[\\]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of an ignore file."""

    text: str
    """Cleaned: no `.` or `..`, no slash at either end, and no `!`."""
    keeps: bool
    """It began with `!`."""
    expression: re.Pattern[str]

    @property
    def is_plain(self) -> bool:
        """Without wildcards, so that it is known where it can match."""
        return not _WILD.search(self.text)


class Ignoring:
    """Which paths of a folder are left out."""

    def __init__(self, patterns: Sequence[Pattern] = (), file: Path | None = None) -> None:
        self.file = file
        self._patterns = patterns
        self._kept = [f"{pattern.text}/" for pattern in patterns if pattern.keeps]
        self._kept_anywhere = any(not each.is_plain for each in patterns if each.keeps)

    def match(self, path: str, parent: tuple[bool, ...] = ()) -> tuple[bool, tuple[bool, ...]]:
        """Whether the path is left out, and what to say as `parent` of everything in it.

        `parent` holds, for each pattern, whether it matched the folder or a folder above.
        """
        matched, left_out = [], False
        for index, pattern in enumerate(self._patterns):
            matches = bool(parent and parent[index])
            if not matches and pattern.keeps is left_out:
                matches = pattern.expression.fullmatch(path) is not None
            matched.append(matches)
            left_out = not pattern.keeps if matches else left_out
        return left_out, tuple(matched)

    def leaves_out_all(self, folder: str) -> bool:
        """Whether nothing can be kept in a folder that is left out."""
        if self._kept_anywhere:
            return False
        return not any(kept.startswith(f"{folder}/") for kept in self._kept)


def find(context: Path, dockerfile: Path) -> Path | None:
    """The ignore file: one named after the Dockerfile and beside it comes first."""
    own = dockerfile.with_name(f"{dockerfile.name}{NAME}")
    return next((path for path in (own, context / NAME) if path.is_file()), None)


def read(file: Path | None) -> Ignoring:
    """What an ignore file says; raises `ContextProblem`."""
    if file is None:
        return Ignoring()
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST)
    except OSError as error:
        fault = ContextFault.UNREADABLE_FILE
        raise ContextProblem(str(file), fault, error.strerror or "") from error
    return Ignoring(parse(content.decode("utf-8-sig", "surrogateescape"), file), file)


def parse(content: str, file: Path) -> list[Pattern]:
    """The patterns of an ignore file; raises `ContextProblem`."""
    patterns = []
    for line in _lines(content):
        try:
            patterns.append(_pattern(line))
        except (ValueError, re.error) as error:
            raise ContextProblem(str(file), ContextFault.BAD_PATTERN, line) from error
    return patterns


def _lines(content: str) -> Iterable[str]:
    # Only a `#` in the very first column begins a comment.
    lines = (line for line in content.split("\n") if not line.startswith("#"))
    return filter(None, map(str.strip, lines))


def _pattern(line: str) -> Pattern:
    keeps = line.startswith("!")
    text = line.removeprefix("!").strip()
    if not text:
        raise ValueError(line)
    text = posixpath.normpath(text).lstrip("/")
    return Pattern(text, keeps, re.compile(_expression(text), re.DOTALL))


def _expression(pattern: str) -> str:
    """A regular expression for a pattern; raises `ValueError` for one without an end."""
    if pattern.endswith("**") and not _WILD.search(pattern[:-2]):
        return f"{re.escape(pattern[:-2])}.*"
    if pattern.startswith("**") and pattern[2] != "/" and not _WILD.search(pattern[2:]):
        return f".*{re.escape(pattern[2:])}"
    parts, at = [], 0
    while at < len(pattern):
        part, at = _next(pattern, at)
        parts.append(part)
    return "".join(parts)


def _next(pattern: str, at: int) -> tuple[str, int]:
    if pattern.startswith("**", at):
        at += 3 if pattern.startswith("/", at + 2) else 2
        return (".*" if at >= len(pattern) else "(?:.*/)?"), at
    if pattern[at] == "*":
        return "[^/]*", at + 1
    if pattern[at] == "?":
        return "[^/]", at + 1
    if pattern[at] == "\\":
        return re.escape(_character(pattern, at + 1)), at + 2
    if pattern[at] == "[":
        return _class(pattern, at)
    return re.escape(pattern[at]), at + 1


def _character(pattern: str, at: int) -> str:
    if at >= len(pattern):
        raise ValueError(pattern)
    return pattern[at]


def _class(pattern: str, at: int) -> tuple[str, int]:
    """`[a-z]` or `[^a-z]`, in which a backslash takes the next character as it is."""
    negated = pattern.startswith("^", at + 1)
    at += 2 if negated else 1
    inside = ""
    while not (inside and pattern.startswith("]", at)):
        escaped = _character(pattern, at) == "\\"
        at += escaped
        character = _character(pattern, at)
        inside += "-" if character == "-" and not escaped else re.escape(character)
        at += 1
    return f"[{'^' if negated else ''}{inside}]", at + 1
