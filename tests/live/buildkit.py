"""Debian's newer Docker with its buildx, in a folder of the tests: what builds with BuildKit."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from live.daemons import Daemon, folder_of_its_own, running
from needs import need

RELEASE = "trixie"
PACKAGES = "docker.io,docker-cli,docker-buildx,ca-certificates"
INSIDE = """\
set -e
mount --bind {root} {root}
for each in proc sys dev; do mount --rbind /$each {root}/$each; done
mount --bind /tmp {root}/tmp
exec chroot {root} "$@"
"""
"""Runs a command in the folder. Its mounts end with it; `/tmp`, where tests work, is the same.

The folder is mounted onto itself because runc's pivot_root wants it to be a mount.
"""


@contextlib.contextmanager
def docker_with_buildx() -> Iterator[Daemon]:
    """A Docker engine and a program `docker` in `bin`, for the path of whoever uses it."""
    if os.geteuid() != 0:
        pytest.skip("needs root, for a folder with another Debian in it")
    debootstrap = need("debootstrap")
    with folder_of_its_own() as folder:
        root = folder / RELEASE
        subprocess.run(
            [debootstrap, "--variant=minbase", f"--include={PACKAGES}", RELEASE, root],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        inside = _program(folder / "inside", INSIDE.format(root=root))
        command = ["unshare", "--mount", inside]
        _program(folder / "bin/docker", f'exec unshare --mount {inside} /usr/bin/docker "$@"\n')
        options = {
            "--host": f"unix://{folder / 'engine.sock'}",
            "--config-file": folder / "daemon.json",
            "--data-root": folder / "data",
            "--exec-root": folder / "exec",
            "--pidfile": folder / "pid",
            "--iptables": "false",
            "--ip6tables": "false",
            "--bridge": "none",
        }
        server = [*command, "dockerd", *(f"{name}={value}" for name, value in options.items())]
        cli = [folder / "bin/docker", "--host", options["--host"]]
        with running(Daemon(folder, server, cli)) as daemon:
            yield daemon


def _program(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}")
    path.chmod(0o755)
    return path
