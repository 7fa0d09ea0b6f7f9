"""A screen of the tests' own, programs on it, and a hand that moves the mouse."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from needs import need

TESTS = Path(__file__).parents[1]
SECONDS_TO_END = 10.0
STEPS = 8
"""Of a drag; toolkits take a jump for no movement."""


class Program:
    """Prints one JSON document a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def says(self) -> dict[str, Any]:
        """The next thing that it prints."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the program has ended"
        return json.loads(line)


class Screen:
    """Programs on it live in the home of the test."""

    def __init__(self, number: str) -> None:
        folders = os.pathsep.join(map(str, (TESTS.parent / "gui", TESTS)))
        ours = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": folders}
        self.environ = os.environ | ours

    @contextmanager
    def program(self, name: str, *args: str) -> Iterator[Program]:
        """A script of this folder, while it runs."""
        command = [sys.executable, str(Path(__file__).with_name(name)), *args]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, env=self.environ, text=True) as process:
            try:
                yield Program(process)
            finally:
                process.kill()

    def drag(self, start: list[int], end: list[int]) -> None:
        """Press the left button at one place of the screen, and let go at another."""
        moves = [["mousemove", *_between(start, end, step)] for step in range(1, STEPS + 1)]
        hand = [["mousemove", *map(str, start)], ["mousedown", "1"], *moves, moves[-1]]
        paced = [word for act in [*hand, ["mouseup", "1"]] for word in (*act, "sleep", "0.1")]
        subprocess.run([need("xdotool"), *paced], env=self.environ, check=True)


@contextmanager
def screen() -> Iterator[Screen]:
    """A real X server, without a window manager."""
    options = ["-displayfd", "1", "-screen", "0", "1400x700x24", "-nolisten", "tcp"]
    with subprocess.Popen([need("Xvfb"), *options], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield Screen(server.stdout.readline().strip())
        finally:
            server.terminate()
            server.wait(SECONDS_TO_END)


def _between(start: list[int], end: list[int], step: int) -> tuple[str, str]:
    x, y = (first + (last - first) * step // STEPS for first, last in zip(start, end, strict=True))
    return str(x), str(y)
