"""A Podman that is installed and does not listen: how to have it listen, and where."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from layerhold.engine.about import Endpoint
from layerhold.engine.sockets import ROOT, podman

GUARD = ("setpriv", "--pdeathsig", "TERM")
"""Ends a command with the thread that began it, so that not even a crash leaves it behind."""


def program(environ: Mapping[str, str]) -> str:
    """Where Podman is installed; empty where it is not, or runs in a machine of its own."""
    if not sys.platform.startswith("linux"):
        return ""
    return shutil.which("podman", path=environ.get("PATH")) or ""


def place(environ: Mapping[str, str], root: Path = ROOT) -> Endpoint:
    """Where other programs look for it too."""
    return podman(environ, root, system=os.getuid() == 0)


def command(program: str, endpoint: Endpoint) -> list[str]:
    """Has it listen until it is told to end."""
    guard = GUARD if shutil.which(GUARD[0]) else ()
    return [*guard, program, "system", "service", "--time", "0", endpoint.url]
