"""What stands in a Dockerfile, and in which line: for a dialog's choices and for failures.

Follows the format of `docs.docker.com/reference/dockerfile`: parser directives, comments,
continued lines, here-documents. It finds no faults; the builder does that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from layerhold.domain.instructions import WORDS

BACKSLASH = "\\"
COUNTED = frozenset(("RUN", "COPY", "ADD", "WORKDIR"))
"""What BuildKit numbers in a stage, after a FROM that names an image."""
HEREDOCS = frozenset(("RUN", "COPY", "ADD"))
"""Where here-documents are read."""
_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(.*?)\s*")
_HEREDOC = re.compile(r"(?:^|\s)\d*<<(-?)([\"']?)([A-Za-z_][\w.]*)\2(?=\s|$)")
_FROM = re.compile(r"(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?\s*", re.IGNORECASE)
_COPIED_FROM = re.compile(r"(?:--\S+\s+)*?--from=(\S+)", re.IGNORECASE)
_ARGUMENT = re.compile(r"([A-Za-z_]\w*)(?:=(\"[^\"]*\"|'[^']*'|\S*))?(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Written:
    """An instruction as it is written."""

    word: str
    """In capitals."""
    text: str
    """The rest, continued lines joined, without here-documents."""
    line: int
    """Where it begins, from 1."""
    end: int
    """Its last line."""

    def __str__(self) -> str:
        return f"{self.word} {self.text}".strip()

    @property
    def has_heredoc(self) -> bool:
        """Whether a here-document follows it, which the classic builder does not know."""
        return self.word in HEREDOCS and bool(_HEREDOC.search(self.text))

    @property
    def image(self) -> str:
        """What a FROM begins with or a COPY takes from, an image or a stage; else nothing."""
        pattern = {"FROM": _FROM, "COPY": _COPIED_FROM}.get(self.word)
        found = pattern.match(self.text) if pattern else None
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What begins with a FROM."""

    number: int
    """From 0, which is also a name for it."""
    base: str
    name: str = ""
    instructions: tuple[Written, ...] = ()
    """Its FROM first."""

    @property
    def called(self) -> str:
        """Its name, `stage-2` for one without."""
        return self.name or f"stage-{self.number}"


@dataclass(frozen=True, slots=True)
class Argument:
    """A build argument that can be given."""

    name: str
    default: str | None
    """`None` where there is none, so that leaving it out means something else than empty."""
    line: int


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A Dockerfile that was read."""

    instructions: tuple[Written, ...] = ()
    stages: tuple[Stage, ...] = ()
    arguments: tuple[Argument, ...] = ()
    """Each name once, with its first default."""

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of stages, in their order."""
        return tuple(dict.fromkeys(stage.name for stage in self.stages if stage.name))


def read(content: str) -> Dockerfile:
    """Read a Dockerfile; never fails."""
    instructions = tuple(_instructions(re.split(r"\r?\n", content.removeprefix("\ufeff"))))
    return Dockerfile(instructions, tuple(_stages(instructions)), _arguments(instructions))


def looks_like_one(dockerfile: Dockerfile) -> bool:
    """Whether a file that was dropped may be a Dockerfile: it has a FROM, and knows its words."""
    known = all(each.word in WORDS for each in dockerfile.instructions)
    return known and bool(dockerfile.stages)


def line_of_step(dockerfile: Dockerfile, number: int) -> int:
    """The line of the classic builder's `Step 3/7`; 0 where there is no such step."""
    steps = dockerfile.instructions
    return steps[number - 1].line if 0 < number <= len(steps) else 0


def line_in_stage(dockerfile: Dockerfile, stage: str, number: int, of: int) -> int:
    """The line of BuildKit's `[build 3/5]`; 0 where there is no such step.

    A FROM counts where it names an image, which a variable may hide, so that the sum must tell.
    """
    found = next((each for each in dockerfile.stages if each.called.lower() == stage.lower()), None)
    if found is None and not stage and dockerfile.stages:
        found = dockerfile.stages[-1]
    if found is None:
        return 0
    counted = [each for each in found.instructions if each.word in COUNTED]
    if of == len(counted) + 1:
        counted.insert(0, found.instructions[0])
    return counted[number - 1].line if of == len(counted) and 0 < number <= of else 0


def _instructions(lines: list[str]) -> Iterator[Written]:
    escape = _escape(lines)
    at = 0
    while at < len(lines):
        begun = at
        if _is_empty(lines[at]):
            at += 1
            continue
        text, at = _joined(lines, at, escape)
        word, _, rest = text.partition(" ")
        at = _after_heredocs(lines, at, rest) if word.upper() in HEREDOCS else at
        yield Written(word.upper(), rest.strip(), begun + 1, at)


def _escape(lines: list[str]) -> str:
    """Directives stand before everything else, comments included."""
    for line in lines:
        directive = _DIRECTIVE.fullmatch(line.strip())
        if not directive:
            break
        if directive[1].lower() == "escape" and directive[2] in {BACKSLASH, "`"}:
            return directive[2]
    return BACKSLASH


def _is_empty(line: str) -> bool:
    """Such lines count for nothing, not even within an instruction."""
    return not line.strip() or line.lstrip().startswith("#")


def _joined(lines: list[str], at: int, escape: str) -> tuple[str, int]:
    """An instruction in one line, and where the next one may begin."""
    goes_on = re.compile(rf"(?<!{re.escape(escape)}){re.escape(escape)}$")
    parts: list[str] = []
    while at < len(lines):
        line = lines[at].strip().replace("\t", " ")
        at += 1
        if _is_empty(line):
            continue
        parts.append(goes_on.sub("", line).rstrip())
        if not goes_on.search(line):
            break
    return " ".join(parts), at


def _after_heredocs(lines: list[str], at: int, text: str) -> int:
    for dash, _quote, end in _HEREDOC.findall(text):
        while at < len(lines):
            line = lines[at].lstrip("\t") if dash else lines[at]
            at += 1
            if line == end:
                break
    return at


def _stages(instructions: tuple[Written, ...]) -> Iterator[Stage]:
    starts = [index for index, each in enumerate(instructions) if each.word == "FROM"]
    for number, (start, end) in enumerate(pairwise([*starts, len(instructions)])):
        words = _FROM.fullmatch(instructions[start].text)
        base, name = (words[1], words[2] or "") if words else (instructions[start].text, "")
        yield Stage(number, base, name, instructions[start:end])


def _arguments(instructions: tuple[Written, ...]) -> tuple[Argument, ...]:
    found: dict[str, Argument] = {}
    for each in instructions:
        if each.word != "ARG":
            continue
        for given in _ARGUMENT.finditer(each.text):
            name, default = given[1], None if given[2] is None else _unquoted(given[2])
            if name not in found or (found[name].default is None and default is not None):
                found[name] = Argument(name, default, each.line)
    return tuple(found.values())


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
