"""What is kept about engines from one start to the next, where no Qt is needed to read it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from layerhold.domain.errors import ConfigProblem, FileNotWritten
from layerhold.registry import docker_config, replacing
from layerhold.registry.data_folder import data_folder


@dataclass(frozen=True, slots=True)
class Kept:
    """What the user decided."""

    chosen: str = ""
    """The address of the engine that was chosen last; empty for whichever answers first."""
    store: str = ""
    """The folder of the embedded store; empty for the usual one."""


def file(environ: Mapping[str, str], home: Path) -> Path:
    """Where it is kept."""
    return data_folder(environ, home) / "engines.json"


def read(path: Path) -> tuple[Kept, ConfigProblem | None]:
    """What was kept; a file that is wrong counts as empty, and is told."""
    try:
        wire = docker_config.read_object(path)
    except ConfigProblem as problem:
        return Kept(), problem
    return _kept(wire), None


def keep(path: Path, **changed: str) -> None:
    """Change some of it; what is there and cannot be read is replaced. Raises `FileNotWritten`."""
    import json

    def change(content: bytes | None) -> bytes:
        try:
            wire = docker_config.parse(content or b"{}", path)
        except ConfigProblem:
            wire = {}
        return json.dumps(asdict(_kept(wire)) | changed, indent=2).encode()

    try:
        replacing.rewrite(path, change)
    except OSError as error:
        raise FileNotWritten(str(path), str(error)) from error


def _kept(wire: Mapping[str, object]) -> Kept:
    return Kept(**{field.name: docker_config.text(wire.get(field.name)) for field in fields(Kept)})
