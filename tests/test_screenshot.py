"""Pictures, taken by the program itself as the command line starts it."""

import subprocess
import sys
from pathlib import Path

import pytest

import layerhold

NOWHERE = "unix:///nonexistent.sock"


def take(picture, *words):
    return subprocess.run(
        [sys.executable, "-m", "layerhold", "--host", NOWHERE, "--screenshot", picture, *words],
        cwd=Path(layerhold.__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("dialog", ["import", "load", "prune", "pull", "remove", "run", "tag"])
def test_a_dialog_that_needs_an_engine_is_refused_in_a_sentence_without_one(tmp_path, dialog):
    ended = take(tmp_path / "a.png", "--dialog", dialog)

    assert ended.returncode == 1
    assert f"The dialog {dialog} cannot be shown: no engine answers." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_dialog_that_needs_no_engine_is_shown_without_one(tmp_path):
    plain, about = tmp_path / "plain.png", tmp_path / "about.png"

    for ended in (take(plain), take(about, "--dialog", "about")):
        assert (ended.returncode, ended.stderr) == (0, "")
    assert plain.read_bytes() != about.read_bytes()
