"""Measure Layerhold beside a yardstick in the same run: `python tests/bench`.

Ratios only: the machine's own speed goes out of them. Pairs are interleaved, medians shown.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from town import settled  # noqa: E402 - found through the line above

PAIRS = 5
MILLISECONDS = 1000
MEGABYTES = 1_000_000


def main() -> None:
    counts = [int(argument) for argument in sys.argv[1:]] or [10_000, 200]
    with display():
        for images in counts:
            with settled(images, images // 10) as daemon:
                measure(images, daemon.url, Path(daemon.folder))


def measure(images: int, url: str, folder: Path) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)}
    whole = window(url, images, environment, "whole")
    lists, bares, starts = [], [], []
    for _ in range(PAIRS):
        lists.append(docker_images(url))
        starts.append(window(url, images, environment, "quick"))
        bares.append(run([sys.executable, HERE / "bare_window.py", str(time.time())], environment))
    listing, rows = median(lists), median(start["rows_shown"] for start in starts)
    bare, first = (median(each["first_paint"] for each in runs) for runs in (bares, starts))
    empty = median(each["memory"] for each in bares)
    keys = quantiles(whole["keys"], n=100)[-1] * MILLISECONDS
    print(f"\n{images} images")
    say("start to rows shown / docker images", rows / listing, f"{rows:.2f} s / {listing:.2f} s")
    say("first paint / bare window", first / bare, f"{first:.2f} s / {bare:.2f} s")
    say("memory above a bare window", (whole["memory"] - empty) / MEGABYTES, "MB")
    say("key to repainted rows, 99th percentile", keys, "ms")
    say("CPU in 5 s of idleness", whole["idle_cpu"] * MILLISECONDS, "ms")
    for name, seconds in whole.items():
        if name.startswith("gap_"):
            say(f"longest pause: {name[4:]}", seconds * MILLISECONDS, "ms")


def window(url: str, images: int, environment: dict[str, str], how: str) -> dict[str, Any]:
    program = [sys.executable, HERE / "window_run.py", str(time.time()), url, str(images), how]
    return run(program, environment)


def run(command: list[Any], environment: dict[str, str]) -> dict[str, Any]:
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{command}: {ended.stderr[-3000:]}")
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def docker_images(url: str) -> float:
    """Seconds of wall time."""
    docker = "/usr/bin/docker" if Path("/usr/bin/docker").exists() else "docker"
    start = time.perf_counter()
    subprocess.run([docker, "--host", url, "images"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def say(what: str, number: float, unit: str) -> None:
    print(f"  {what:45} {number:8.2f}  {unit}", flush=True)


@contextmanager
def display() -> Iterator[None]:
    """A real X server, unless there is one."""
    if os.environ.get("DISPLAY"):
        yield
        return
    server = shutil.which("Xvfb")
    if not server:
        raise SystemExit("The measurements need Xvfb: apt-get install xvfb")
    options = ["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen([server, *options], stdout=subprocess.PIPE, text=True) as xvfb:
        assert xvfb.stdout is not None
        os.environ["DISPLAY"] = f":{xvfb.stdout.readline().strip()}"
        try:
            yield
        finally:
            xvfb.terminate()


main()
