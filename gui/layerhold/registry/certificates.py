"""What this machine keeps for single registries, where Docker and Podman look too.

`certs.d/HOST:PORT` with authorities in `*.crt`, and what we show of ourselves in `*.cert` beside
`*.key` (Docker's documentation, "Verify repository client with certificates").
"""

import os
from dataclasses import dataclass
from pathlib import Path

SYSTEM = (Path("/etc/docker"), Path("/etc/containers"))
OWN = ("docker", "containers")
"""In the user's folder of configurations: where a rootless Docker and Podman look."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """The files for one registry."""

    authorities: tuple[Path, ...] = ()
    identities: tuple[tuple[Path, Path], ...] = ()
    """A certificate of ours and its key."""


def found(host: str) -> Certificates:
    """For a host, with its port where it has one."""
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    files = [
        file
        for parent in (*SYSTEM, *(own / name for name in OWN))
        for file in _files(parent / "certs.d" / host)
    ]
    return Certificates(
        tuple(file for file in files if file.suffix == ".crt"),
        tuple((file, file.with_suffix(".key")) for file in files if file.suffix == ".cert"),
    )


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
