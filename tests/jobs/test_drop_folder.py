"""Archives for other programs, and what is left of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from layerhold.domain.cancel import Token
from layerhold.jobs.context import Context
from layerhold.jobs.drop_folder import DropFolder

GUI = Path(__file__).parents[2] / "gui"
MAKER = """
import sys
from pathlib import Path
from layerhold.jobs.drop_folder import DropFolder

drops = DropFolder(Path(sys.argv[1]))
place = drops.place()
drops.make(place)
(place / "web.tar").write_text("images")
print(place, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def context():
    return Context(lambda _report: None, Token())


@pytest.fixture
def maker(tmp_path):
    """Another run of the program, which has made an archive."""
    command = [sys.executable, "-c", MAKER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    environ = os.environ | {"PYTHONPATH": str(GUI)}
    with subprocess.Popen(command, env=environ, text=True, **pipes) as process:
        process.place = Path(process.stdout.readline().strip())
        yield process
        process.kill()


def test_what_another_run_made_goes_once_that_has_ended(maker, context, tmp_path):
    DropFolder(tmp_path).sweep(context)
    assert (maker.place / "web.tar").read_text() == "images"

    maker.kill()
    maker.wait()
    DropFolder(tmp_path).sweep(context)
    assert list(tmp_path.iterdir()) == []


def test_its_own_archives_stay_and_are_for_this_user_only(context, tmp_path):
    drops = DropFolder(tmp_path)
    place = drops.place()
    assert not place.exists()
    drops.make(place)
    drops.sweep(context)
    assert place.stat().st_mode & 0o777 == 0o700
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert drops.place() != place


def test_where_nothing_was_ever_made_there_is_nothing_to_do(context, tmp_path):
    DropFolder(tmp_path / "none").sweep(context)
    assert list(tmp_path.iterdir()) == []


def test_it_lies_in_the_cache_of_the_user(home):
    assert DropFolder().place().is_relative_to(home / "cache_home" / "layerhold")
