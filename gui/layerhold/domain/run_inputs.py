"""What a person types to run a container, in the forms that `docker run` takes."""

import re
import shlex

from layerhold.domain.container_errors import InputFault, InvalidInput
from layerhold.domain.running import Mount

OPTIONS = frozenset(
    (
        *("ro", "rw", "z", "Z", "U", "nocopy", "cached", "delegated", "consistent"),
        *("shared", "slave", "private", "rshared", "rslave", "rprivate"),
    )
)
"""What may follow a volume; `U` is Podman's."""

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
"""Docker's rule for containers and volumes; Podman also takes a single letter."""
_VARIABLE = re.compile(r"[^\s=\0]+")


def container_name(text: str) -> str:
    """A name that any engine takes, or none; raises `InvalidInput`."""
    name = text.strip()
    if name and not _NAME.fullmatch(name):
        raise InvalidInput(text, InputFault.BAD_NAME, name)
    return name


def command(text: str) -> tuple[str, ...]:
    """The words of a command, quoted as in a shell; raises `InvalidInput`."""
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise InvalidInput(text, InputFault.OPEN_QUOTE, text.strip()) from error


def environment(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of `NAME=value`, as in an env file: what begins with `#` is a remark."""
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return tuple(variable(line) for line in lines if line.strip() and line.lstrip()[0] != "#")


def variable(line: str) -> tuple[str, str]:
    """`NAME=value`, the value as it stands; raises `InvalidInput`."""
    name, sign, value = line.lstrip().partition("=")
    if not sign or not _VARIABLE.fullmatch(name) or "\0" in value:
        raise InvalidInput(line, InputFault.BAD_VARIABLE, line.strip())
    return name, value


def mount(text: str) -> Mount:
    """`[source:]target[:options]`; raises `InvalidInput`."""
    parts = text.strip().split(":")
    if not all(parts) or len(parts) > len(("source", "target", "options")):
        raise InvalidInput(text, InputFault.BAD_VOLUME, text.strip())
    if len(parts) == 1:
        return Mount(_target(text, parts[0]))
    options = tuple(parts[2].split(",")) if parts[2:] else ()
    for option in options:
        if option not in OPTIONS:
            raise InvalidInput(text, InputFault.BAD_OPTION, option)
    return Mount(_target(text, parts[1]), _source(text, parts[0]), options)


def _target(text: str, path: str) -> str:
    if not path.startswith("/"):
        raise InvalidInput(text, InputFault.NOT_ABSOLUTE, path)
    if not path.strip("/"):
        raise InvalidInput(text, InputFault.BAD_VOLUME, path)
    return path


def _source(text: str, source: str) -> str:
    if source.startswith("/") or _NAME.fullmatch(source):
        return source
    is_path = "/" in source or source[0] in "~."
    fault = InputFault.NOT_ABSOLUTE if is_path else InputFault.BAD_VOLUME_NAME
    raise InvalidInput(text, fault, source)
