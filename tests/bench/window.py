"""The window with thousands of images, beside `docker images` and a window with nothing in it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from display import display
from figure import Figure, Heading
from town import settled

HERE = Path(__file__).parent
SIZES = {10_000: 50, 200: 16}
"""Images, and milliseconds that the event loop may not come round with so many."""
PAIRS = 5
MILLISECONDS = 1000
MEGABYTES = 1_000_000
Found = dict[str, Any]


def measure() -> Iterator[Figure | Heading]:
    with display():
        for images, longest in SIZES.items():
            yield Heading(f"{images} images")
            with settled(images, images // 10) as daemon:
                run = Runs(daemon.url, images, Path(daemon.folder))
                yield from run.starts()
                yield from run.work(longest)


class Runs:
    """Starts of the real window and of its yardsticks, on one engine."""

    def __init__(self, url: str, images: int, folder: Path) -> None:
        self._url, self._images = url, images
        home = {"XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)}
        self._environment = os.environ | home
        self._empty = 0.0

    def starts(self) -> Iterator[Figure]:
        """Start in pairs; before them once, for what the files and the engine have in memory."""
        self._window("quick")
        lists, bares, starts = [], [], []
        for _ in range(PAIRS):
            lists.append(self._docker_images())
            starts.append(self._window("quick"))
            bares.append(self._run("bare_window.py"))
        self._empty = median(each["memory"] for each in bares)
        listing, rows = median(lists), median(each["rows_shown"] for each in starts)
        yield Figure(
            "start to rows shown / docker images",
            *(rows / listing, "", 1.25, f"{rows:.2f} s / {listing:.2f} s"),
        )
        bare, first = (median(each["first_paint"] for each in runs) for runs in (bares, starts))
        yield Figure(
            "first paint / bare window", first / bare, "", 2, f"{first:.2f} s / {bare:.2f} s"
        )

    def work(self, longest: float) -> Iterator[Figure]:
        """Use the window, last of all to remove images."""
        found = self._window("whole")
        yield Figure(
            "memory above a bare window", (found["memory"] - self._empty) / MEGABYTES, "MB", 60
        )
        waits, used = zip(*found["keys"], strict=True)
        told = f"median {median(waits) * MILLISECONDS:.1f} ms of {len(waits)} keys; of CPU"
        told += f" {median(used) * MILLISECONDS:.1f} and {_last(used) * MILLISECONDS:.1f} ms"
        worst = _last(waits) * MILLISECONDS
        yield Figure("key to repainted rows, 99th percentile", worst, "ms", 16, told)
        first, used_first = (seconds * MILLISECONDS for seconds in found["first_key"])
        yield Figure("first key after the start", first, "ms", 16, f"{used_first:.1f} ms of CPU")
        yield Figure("CPU in 5 s of idleness", found["idle_cpu"] * MILLISECONDS, "ms", 5)
        for name, (waited, computed) in found["gaps"].items():
            detail = f"{computed * MILLISECONDS:.1f} ms of CPU"
            detail += f"; {found['removed']} images removed" if name == "removing" else ""
            yield Figure(f"longest pause: {name}", waited * MILLISECONDS, "ms", longest, detail)

    def _window(self, how: str) -> Found:
        return self._run("window_run.py", self._url, self._images, how)

    def _run(self, program: str, *arguments: object) -> Found:
        command = [sys.executable, str(HERE / program), str(time.time()), *map(str, arguments)]
        ended = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            raise SystemExit(f"{command}: {ended.stderr[-3000:]}")
        return dict(json.loads(ended.stdout.splitlines()[-1]))

    def _docker_images(self) -> float:
        """Seconds of wall time."""
        docker = "/usr/bin/docker" if Path("/usr/bin/docker").exists() else "docker"
        command = [docker, "--host", self._url, "images"]
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start


def _last(seconds: Sequence[float]) -> float:
    """The 99th percentile."""
    return quantiles(seconds, n=100)[-1]
