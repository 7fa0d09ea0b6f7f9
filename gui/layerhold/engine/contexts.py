"""Docker contexts, read by ourselves: one that is broken must not hide the others."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layerhold.domain.errors import ConfigProblem
from layerhold.registry.docker_config import read_object, table, text

DEFAULT = "default"
"""The name that always means the engine which is there without contexts."""


@dataclass(frozen=True, slots=True)
class DockerContext:
    """A named engine address."""

    name: str
    host: str
    """Its URL, as written."""
    encrypted: bool = False
    """Whether keys or certificates for TLS lie beside it."""


def read(config_folder: Path) -> tuple[tuple[DockerContext, ...], tuple[ConfigProblem, ...]]:
    """Every context below the configuration folder by name, and those that cannot be used."""
    found: list[DockerContext] = []
    problems: list[ConfigProblem] = []
    store = config_folder / "contexts"
    try:
        metas = sorted((store / "meta").iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return (), ()
    except OSError as error:
        return (), (ConfigProblem(error.filename, str(error.strerror)),)
    for meta in metas:
        try:
            found += _context(meta, store / "tls" / meta.name)
        except ConfigProblem as problem:
            problems.append(problem)
    return tuple(sorted(found, key=lambda context: context.name)), tuple(problems)


def _context(meta: Path, keys: Path) -> list[DockerContext]:
    """The context of one folder; none where there is no `meta.json`."""
    path = meta / "meta.json"
    wire = read_object(path)
    if not wire:
        return []
    docker = table(table(wire.get("Endpoints")).get("docker"))
    name, host = text(wire.get("Name")), text(docker.get("Host"))
    if not name or not host:
        raise ConfigProblem(str(path), "no name" if not name else "no Docker host")
    return [DockerContext(name, host, encrypted=_encrypted(docker, keys))]


def _encrypted(docker: dict[str, Any], keys: Path) -> bool:
    """Docker keeps keys outside of `meta.json`, in a folder of the same name."""
    return docker.get("SkipTLSVerify") is True or (keys / "docker").is_dir()
