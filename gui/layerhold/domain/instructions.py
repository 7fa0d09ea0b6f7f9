"""The line of a Dockerfile behind a line of history, as far as builders have kept it.

Forms met: the classic builder and buildah (`/bin/sh -c #(nop) ENV …`, `|1 A=b /bin/sh -c …`),
BuildKit (`RUN |1 A=b /bin/sh -c … # buildkit`), kaniko (`RUN …`), and free words (other builders).
The classic builder writes a RUN without a shell, and `docker commit` what ran, as bare words: told
from free words by the path that they begin with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

WORDS = frozenset(
    (
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK"),
        *("LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME"),
        "WORKDIR",
    )
)
LONGEST = 10_000
"""Characters that are looked at; a row of a list shows fewer."""

_SHELL = re.compile(
    r"(?:^|(?<=\s))"
    r"(?:(?:\S*/)?(?:ba|da|a|z|k|fi)?sh(?: (?:[-+]\w+|pipefail|errexit|nounset))*? -\w*c"
    r"|cmd(?:\.exe)? /S /C|(?:powershell|pwsh)(?:\.exe)? -Command)(?:\s+|$)"
)
_BUILD_ARGUMENTS = re.compile(r"\|(\d{1,4}) ?")
_NEXT_ARGUMENT = re.compile(r" (?=[A-Za-z_]\w*=)")
_NO_OPERATION = "#(nop)"
_BUILDKIT_TAIL = "# buildkit"
_GO_STRING = r'"(?:[^"\\]|\\.)*"'
_GO_LIST = re.compile(rf"\[({_GO_STRING}(?: {_GO_STRING})*)\]")
_HEALTHCHECK = re.compile(r"&\{\[(.*)\] ((?:\"\w+\" )+)'(.*)'\}", re.DOTALL)
_RUNE = re.compile(r"\\x[0-9a-f]{2}|\\[abtnvfr]|[ -~]")
_CONTENT = re.compile(r"(file|dir|multi):([0-9a-f]{12})[0-9a-f]* in ")


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction such as `RUN apt-get update`."""

    word: str
    """Empty where nobody can tell that it came from a Dockerfile."""
    text: str
    arguments: tuple[str, ...] = ()
    """Build arguments that a RUN could see, each `NAME=value`."""

    def __str__(self) -> str:
        return f"{self.word} {self.text}".strip()


def instruction(created_by: str) -> Instruction:
    """Put a line of history back into the words of a Dockerfile; never fails."""
    line = created_by[:LONGEST].strip().removesuffix(_BUILDKIT_TAIL).rstrip()
    word, text = _first_word(line)
    if word:
        return _run(text) if word == "RUN" else Instruction(word, _tidy(word, text))
    if _BUILD_ARGUMENTS.match(line):
        return _run(line)
    if shell := _SHELL.match(line):
        return _after_shell(line[shell.end() :].strip())
    return Instruction("RUN" if line.startswith("/") else "", line)


def _after_shell(text: str) -> Instruction:
    if not text.startswith(_NO_OPERATION):
        return Instruction("RUN", text)
    written = text.removeprefix(_NO_OPERATION).strip()
    word, rest = _first_word(written)
    return Instruction(word, _tidy(word, rest) if word else written)


def _run(text: str) -> Instruction:
    """A RUN without its build arguments and without the shell that ran it."""
    counted = _BUILD_ARGUMENTS.match(text)
    rest = text[counted.end() :] if counted else text
    shell = _SHELL.search(rest) if counted else _SHELL.match(rest)
    if shell:
        given, command = rest[: shell.start()].strip(), rest[shell.end() :]
        return Instruction("RUN", command.strip(), _split(given))
    count = int(counted[1]) if counted else 0
    words = rest.split(" ")
    return Instruction("RUN", " ".join(words[count:]).strip(), tuple(words[:count]))


def _split(arguments: str) -> tuple[str, ...]:
    return tuple(_NEXT_ARGUMENT.split(arguments)) if arguments else ()


def _first_word(line: str) -> tuple[str, str]:
    word, _, rest = line.partition(" ")
    return (word, rest.strip()) if word in WORDS else ("", line)


def _tidy(word: str, text: str) -> str:
    return _TIDY[word](text) if word in _TIDY else text


def _content(text: str) -> str:
    """`--chown=0:0file:73e2… in /bin` as `--chown=0:0 file:73e2… /bin`; the name is lost."""
    found = _CONTENT.search(text)
    if not found:
        return text
    options = text[: found.start()].strip()
    named = f"{found[1]}:{found[2]}… {text[found.end() :].strip()}"
    return f"{options} {named}".strip()


def _ports(text: str) -> str:
    """`map[80/tcp:{}]` as `80/tcp`."""
    return _unbracketed(text.removeprefix("map")).replace(":{}", "")


def _unbracketed(text: str) -> str:
    return text[1:-1] if text.startswith("[") and text.endswith("]") and '"' not in text else text


def _json_list(text: str) -> str:
    """Go prints a list without commas."""
    found = _GO_LIST.fullmatch(text)
    return f"[{', '.join(re.findall(_GO_STRING, found[1]))}]" if found else text


def _healthcheck(text: str) -> str:
    """Go's print of a health check as the options of HEALTHCHECK."""
    found = _HEALTHCHECK.fullmatch(text)
    if not found:
        return text
    kind, *words = re.findall(_GO_STRING, found[1]) or ['""']
    if kind == '"NONE"':
        return "NONE"
    names = ("interval", "timeout", "start-period", "start-interval")
    times = zip(names, re.findall(r"\w+", found[2]), strict=False)
    options = [f"--{name}={time}" for name, time in times if time != "0s"]
    shell = kind == '"CMD-SHELL"' and len(words) == 1
    command = _unquoted(words[0]) if shell else f"[{', '.join(words)}]"
    return " ".join([*options, *_retries(found[3]), "CMD", command])


def _retries(rune: str) -> list[str]:
    """Go prints the number as a character, often an escaped one."""
    count = ord(rune.encode().decode("unicode_escape")) if _RUNE.fullmatch(rune) else 0
    return [f"--retries={count}"] if count else []


def _unquoted(go_string: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", go_string[1:-1])


_TIDY: dict[str, Callable[[str], str]] = {
    "ADD": _content,
    "COPY": _content,
    "EXPOSE": _ports,
    "VOLUME": _unbracketed,
    "CMD": _json_list,
    "ENTRYPOINT": _json_list,
    "HEALTHCHECK": _healthcheck,
}
