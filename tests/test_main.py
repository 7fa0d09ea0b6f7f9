"""The program as the command line starts it, where something around it is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import layerhold

PROGRAM = (sys.executable, "-m", "layerhold", "--host", "unix:///nonexistent.sock")
SECONDS = 60


def environ(**more: str) -> dict[str, str]:
    around = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return around | {"PYTHONPATH": str(Path(layerhold.__file__).parents[1]), **more}


def test_a_report_that_nobody_reads_to_its_end_ends_quietly():
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*PROGRAM, "doctor"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environ(),
        text=True,
        check=False,
        timeout=SECONDS,
    )
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (141, "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the desktop is there")
@pytest.mark.parametrize("around", [{"QT_QPA_PLATFORM": ""}, {"QT_QPA_PLATFORM": "xcb"}, {}])
def test_a_dead_display_makes_the_window_a_picture(tmp_path, around):
    ended = subprocess.run(
        PROGRAM,
        cwd=tmp_path,
        capture_output=True,
        env=environ(DISPLAY=":4322", WAYLAND_DISPLAY="", **around),
        text=True,
        check=False,
        timeout=SECONDS,
    )

    assert ended.returncode == 0
    assert ended.stdout.startswith("No display answers, so the window is painted into a picture.")
    assert (tmp_path / "layerhold.png").exists()


def test_a_platform_that_is_named_by_nothing_is_none(tmp_path):
    words = ("--screenshot", "a.png")
    ended = subprocess.run(
        [*PROGRAM, *words],
        cwd=tmp_path,
        capture_output=True,
        env=environ(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY=""),
        check=False,
        timeout=SECONDS,
    )

    assert ended.returncode == 0
    assert (tmp_path / "a.png").exists()
