"""How images are made without a build: from a container, or from the files of a file system."""

from collections.abc import Iterable
from dataclasses import dataclass

from layerhold.domain.container_errors import InputFault, InvalidInput
from layerhold.domain.port_inputs import ports

CHANGING = frozenset(
    (
        *("CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "STOPSIGNAL"),
        *("USER", "VOLUME", "WORKDIR"),
    )
)
"""Instructions that change an image's configuration only (moby `validCommitCommands`)."""
PAIRS = frozenset(("ENV", "LABEL"))
"""They take `NAME=value` any number of times, or `NAME` and all the rest as its value."""


@dataclass(frozen=True, slots=True)
class CommitWish:
    """What `docker commit` would be told."""

    reference: str = ""
    """Empty: the image gets no tag."""
    author: str = ""
    message: str = ""
    pause: bool = True
    """The container stands still meanwhile."""
    changes: tuple[str, ...] = ()
    """Dockerfile instructions."""


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What `docker import` would be told."""

    reference: str = ""
    """Empty: the image gets no tag."""
    message: str = ""
    changes: tuple[str, ...] = ()
    """Dockerfile instructions."""
    platform: str = ""
    """`os/architecture[/variant]`; empty: the engine's own."""


def changes(text: str) -> tuple[str, ...]:
    """Lines of Dockerfile instructions; raises `InvalidInput`."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_change(line) for line in lines if line and not line.startswith("#"))


def _change(line: str) -> str:
    word, *rest = line.split()
    if word.upper() not in CHANGING:
        raise InvalidInput(line, InputFault.BAD_INSTRUCTION, word)
    if not rest:
        raise InvalidInput(line, InputFault.NO_ARGUMENT, word)
    if word.upper() in PAIRS and rest[1:] == [] and "=" not in rest[0]:
        raise InvalidInput(line, InputFault.NO_VALUE, rest[0])
    if word.upper() == "EXPOSE":
        _check_exposed(line, rest)
    return line


def _check_exposed(line: str, exposed: Iterable[str]) -> None:
    for port in exposed:
        try:
            ports(port)
        except InvalidInput as wrong:
            # A variable may hold anything.
            if "$" not in port:
                raise InvalidInput(line, InputFault.BAD_EXPOSED, port) from wrong
