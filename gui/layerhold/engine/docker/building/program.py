"""The `docker` command line of this machine, and its buildx plugin."""

import os
import re
import shutil
import subprocess

ELSEWHERE = (
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/Applications/Docker.app/Contents/Resources/bin",
)
"""Where it is although a desktop session's path does not say so."""
SECONDS = 10.0
_VERSION = re.compile(r"\bv?((\d+)\.(\d+)\S*)")


def docker() -> str | None:
    """Where `docker` is."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *ELSEWHERE))
    return shutil.which("docker", path=path)


def version(program: str) -> tuple[str, tuple[int, int]] | None:
    """The version of buildx as it says it and as numbers; `None` where there is none."""
    try:
        asked = subprocess.run(
            [program, "buildx", "version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    _name, _, rest = asked.stdout.decode(errors="replace").partition(" ")
    found = _VERSION.search(rest)
    return (found[1], (int(found[2]), int(found[3]))) if found else None
