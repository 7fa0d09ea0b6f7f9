"""The details pane with a document of ten megabytes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from display import display
from figure import Figure, Heading

PROGRAM = Path(__file__).parent / "details_run.py"
LONGEST = 50
"""Milliseconds that nobody would call a pause."""


def measure() -> Iterator[Figure | Heading]:
    with display():
        yield Heading("Inspect with a document of 9 MB")
        ended = subprocess.run(
            [sys.executable, str(PROGRAM)], capture_output=True, text=True, check=False
        )
    if ended.returncode:
        raise SystemExit(f"{PROGRAM}: {ended.stderr[-3000:]}")
    for name, (waited, computed) in json.loads(ended.stdout.splitlines()[-1]).items():
        detail = f"{computed * 1000:.1f} ms of CPU"
        yield Figure(f"longest pause: {name}", waited * 1000, "ms", LONGEST, detail)
