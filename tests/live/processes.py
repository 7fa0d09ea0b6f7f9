"""Which processes a test engine has started, as Linux tells it."""

import os
from pathlib import Path


def processes_of(folder: Path) -> set[int]:
    """What a killed engine has left running: who names the folder, and their children."""
    mark = os.fsencode(folder)
    found = {process for process in _processes() if mark in _read(process, "cmdline")}
    while children := {each for each in _processes() - found if _parent(each) in found}:
        found |= children
    return found - {os.getpid()}


def _processes() -> set[int]:
    return {int(entry.name) for entry in Path("/proc").glob("[0-9]*")}


def _parent(process: int) -> int:
    _, _, fields = _read(process, "stat").rpartition(b")")
    return int(fields.split()[1]) if fields else 0


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""
