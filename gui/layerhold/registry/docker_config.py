"""What Docker's `config.json` says about engines and credential helpers; never a secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layerhold.domain.errors import ConfigProblem

LARGEST = 4_000_000
"""Bytes; a configuration that is longer is not one."""


@dataclass(frozen=True, slots=True)
class DockerConfig:
    """The part of `config.json` that Layerhold needs; everything has its default."""

    current_context: str = ""
    credential_store: str = ""
    """The helper for every registry, such as `secretservice`, or empty."""
    credential_helpers: Mapping[str, str] = field(default_factory=dict)
    """Helpers for single registries, by key; an empty one keeps that login in `auths`."""
    logins: tuple[str, ...] = ()
    """Registries with an entry of their own; what is in it is not read."""

    def helper_for(self, key: str) -> str:
        """The helper that the docker command asks about this key; none where `auths` has it."""
        return self.credential_helpers.get(key, self.credential_store)


def folder(environ: Mapping[str, str], home: Path) -> Path:
    """Where Docker's configuration lives: `$DOCKER_CONFIG`, else `~/.docker`."""
    chosen = environ.get("DOCKER_CONFIG")
    return Path(chosen) if chosen else home / ".docker"


def read(config_folder: Path) -> tuple[DockerConfig, ConfigProblem | None]:
    """What the folder's `config.json` says; a file that is wrong counts as empty, and is told."""
    try:
        wire = read_object(config_folder / "config.json")
    except ConfigProblem as problem:
        return DockerConfig(), problem
    return _config(wire), None


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; a file that is not there is empty. Raises `ConfigProblem`."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise ConfigProblem(str(path), str(getattr(error, "strerror", error))) from error
    return parse(content, path)


def text(value: object) -> str:
    """The value if it is text, else nothing."""
    return value.strip() if isinstance(value, str) else ""


def table(value: object) -> dict[str, Any]:
    """The value if it is an object, else nothing."""
    return value if isinstance(value, dict) else {}


def parse(content: bytes, path: Path) -> dict[str, Any]:
    """The JSON object that the content of this file is; raises `ConfigProblem`.

    A file with nothing in it is as good as none, to the docker command too.
    """
    import json  # most people have no configuration, and start without it

    try:
        wire = json.loads(content.decode("utf-8-sig").strip() or "{}")
    except (ValueError, RecursionError) as error:
        raise ConfigProblem(str(path), str(error)) from error
    if not isinstance(wire, dict):
        raise ConfigProblem(str(path), "not a JSON object")
    return wire


def _config(wire: dict[str, Any]) -> DockerConfig:
    helpers = table(wire.get("credHelpers"))
    return DockerConfig(
        current_context=text(wire.get("currentContext")),
        credential_store=text(wire.get("credsStore")),
        credential_helpers={key: text(it) for key, it in helpers.items() if isinstance(it, str)},
        logins=tuple(table(wire.get("auths"))),
    )
