"""The sockets at which engines are known to listen."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from layerhold.engine.about import Endpoint

ROOT = Path("/")


def places(environ: Mapping[str, str], home: Path, root: Path = ROOT) -> Iterator[Endpoint]:
    """Every known socket, whether it is there or not, Docker's own first.

    `root` is where the machine's file system begins.
    """
    runtime = _runtime(environ, root)
    yield standard(root)
    yield _socket("Docker (rootless)", runtime / "docker.sock")
    yield _socket("Docker Desktop", home / ".docker/desktop/docker.sock")
    yield _socket("Docker Desktop", home / ".docker/run/docker.sock")
    yield from _colima(environ, home)
    yield _socket("Rancher Desktop", home / ".rd/docker.sock")
    for system in (True, False):
        yield podman(environ, root, system=system)
    yield from _podman_machines(environ, home)


def standard(root: Path = ROOT) -> Endpoint:
    """Where Docker listens unless it is told otherwise."""
    return _socket("Docker", root / "var/run/docker.sock")


def podman(environ: Mapping[str, str], root: Path = ROOT, *, system: bool) -> Endpoint:
    """Where Podman listens, for everybody or for one user."""
    if system:
        return _socket("Podman (system)", root / "run/podman/podman.sock")
    return _socket("Podman (user)", _runtime(environ, root) / "podman/podman.sock")


def is_there(endpoint: Endpoint) -> bool:
    """Whether the socket's file exists; one that we may not look at counts as there."""
    try:
        return Path(endpoint.url.removeprefix("unix://")).is_socket()
    except PermissionError:
        return True
    except OSError:
        return False


def _runtime(environ: Mapping[str, str], root: Path) -> Path:
    chosen = environ.get("XDG_RUNTIME_DIR")
    return Path(chosen) if chosen else root / f"run/user/{os.getuid()}"


def _colima(environ: Mapping[str, str], home: Path) -> Iterator[Endpoint]:
    """One engine for each profile (Colima's `docs/FAQ.md`); `default` even where it is not."""
    chosen = environ.get("COLIMA_HOME")
    folder = Path(chosen) if chosen else home / ".colima"
    yield _socket("Colima", folder / "default/docker.sock")
    for name in _folders(folder):
        if name != "default" and not name.startswith("_"):
            yield _socket(f"Colima ({name})", folder / name / "docker.sock")


def _podman_machines(environ: Mapping[str, str], home: Path) -> Iterator[Endpoint]:
    """On macOS and Windows, Podman runs in virtual machines, with a socket for each."""
    folder = home / ".local/share/containers/podman/machine"
    yield _socket("Podman machine", folder / "podman.sock")
    for name in _folders(folder):
        yield _socket(f"Podman machine ({name})", folder / name / "podman.sock")
    if temporary := environ.get("TMPDIR"):
        socket = Path(temporary) / "podman/podman-machine-default-api.sock"
        yield _socket("Podman machine", socket)


def _folders(parent: Path) -> list[str]:
    try:
        return sorted(child.name for child in parent.iterdir())
    except OSError:
        return []


def _socket(name: str, path: Path) -> Endpoint:
    return Endpoint(name, f"unix://{path}", "socket")
