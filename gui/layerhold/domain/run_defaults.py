"""What an image says of the containers that are made from it."""

from dataclasses import dataclass

import msgspec


class _Config(msgspec.Struct, rename="pascal", gc=False):
    """The part of an inspected image that containers start with; engines leave out or send null."""

    cmd: list[str] | None = None
    entrypoint: list[str] | None = None
    env: list[str] | None = None
    exposed_ports: dict[str, msgspec.Raw] | None = None
    volumes: dict[str, msgspec.Raw] | None = None
    user: str | None = None
    working_dir: str | None = None
    stop_signal: str | None = None


class _Inspected(msgspec.Struct, rename="pascal", gc=False):
    config: _Config | None = None


@dataclass(frozen=True, slots=True)
class RunDefaults:
    """What holds where the wish says nothing else."""

    command: tuple[str, ...] = ()
    entrypoint: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    ports: tuple[str, ...] = ()
    """`80/tcp`, by number."""
    volumes: tuple[str, ...] = ()
    """Folders that get a volume of their own."""
    user: str = ""
    working_folder: str = ""
    stop_signal: str = ""


def run_defaults(inspected: bytes) -> RunDefaults:
    """What the engine's JSON about an image says; nothing where it says nothing that we know."""
    try:
        config = msgspec.json.decode(inspected, type=_Inspected).config or _Config()
    except msgspec.DecodeError:
        config = _Config()
    pairs = (entry.partition("=") for entry in config.env or ())
    return RunDefaults(
        command=tuple(config.cmd or ()),
        entrypoint=tuple(config.entrypoint or ()),
        environment=tuple((name, value) for name, _, value in pairs),
        ports=tuple(sorted(config.exposed_ports or (), key=_by_number)),
        volumes=tuple(sorted(config.volumes or ())),
        user=config.user or "",
        working_folder=config.working_dir or "",
        stop_signal=config.stop_signal or "",
    )


def _by_number(port: str) -> tuple[int, str]:
    number = port.partition("/")[0]
    return (int(number) if number.isascii() and number.isdigit() else 0), port
