"""How images are made without a build: from a container, or from the files of a file system."""

from dataclasses import dataclass

from layerhold.domain.container_errors import InputFault, InvalidInput

CHANGING = frozenset(
    (
        *("CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "STOPSIGNAL"),
        *("USER", "VOLUME", "WORKDIR"),
    )
)
"""Instructions that change an image's configuration only (moby `validCommitCommands`)."""


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
    word, _, rest = line.partition(" ")
    if word.upper() not in CHANGING or not rest.strip():
        raise InvalidInput(line, InputFault.BAD_INSTRUCTION, word)
    return line
