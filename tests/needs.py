"""What a test needs from the machine; without it, it is skipped by name."""

import shutil
from pathlib import Path

import pytest

ELSEWHERE = ("/usr/sbin", "/sbin", "/usr/share/docker.io/contrib")
"""Where Debian keeps daemons and the start script of rootless Docker."""


def find(*tools: str) -> Path | None:
    """The first of these programs that is installed."""
    for tool in tools:
        path = shutil.which(tool) or shutil.which(tool, path=":".join(ELSEWHERE))
        if path:
            return Path(path)
    return None


def need(*tools: str) -> Path:
    """One of these programs, by its path."""
    path = find(*tools)
    if path is None:
        pytest.skip(f"needs {' or '.join(tools)}, which is not installed (make test does it)")
    return path
