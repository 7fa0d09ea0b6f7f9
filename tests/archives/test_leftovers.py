"""What a killed program leaves beside its targets is found and removed, and nothing else is."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from layerhold.archives.compression import Compression
from layerhold.archives.leftovers import YOUNG_SECONDS, sweep
from layerhold.archives.writing import part_file
from layerhold.domain.cancel import Token

GUI = Path(__file__).parents[2] / "gui"
WRITER = """
import sys, time
from pathlib import Path
from layerhold.archives.compression import Compression
from layerhold.archives.writing import PartFile
from layerhold.domain.cancel import Token

def chunks():
    yield b"some"
    print("begun", flush=True)
    time.sleep(600)

PartFile(Path(sys.argv[1])).write(chunks(), Compression.NONE, Token())
"""


@pytest.fixture
def writer(tmp_path):
    """A program in the middle of writing a file."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "big.tar")]
    environ = os.environ | {"PYTHONPATH": str(GUI)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environ, text=True) as process:
        assert process.stdout.readline() == "begun\n"
        yield process
        process.kill()


def let_time_pass(folder):
    then = time.time() - 2 * YOUNG_SECONDS
    for path in folder.iterdir():
        os.utime(path, (then, then))


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_a_part_goes_when_its_writer_was_killed_and_not_before(writer, tmp_path):
    (part,) = names(tmp_path)
    let_time_pass(tmp_path)
    sweep(tmp_path)
    assert names(tmp_path) == [part]

    writer.kill()
    writer.wait()
    sweep(tmp_path)
    assert names(tmp_path) == []


def test_a_part_that_is_read_back_by_its_own_program_stays(tmp_path):
    with part_file(tmp_path / "big.tar") as part:
        part.write([b"some"], Compression.NONE, Token())
        let_time_pass(tmp_path)
        sweep(tmp_path)
        part.keep()
    assert names(tmp_path) == ["big.tar"]


def test_what_is_young_stays(tmp_path):
    (tmp_path / ".layerhold-0123456789abcdef.part").touch()
    sweep(tmp_path)
    assert len(names(tmp_path)) == 1


@pytest.mark.parametrize(
    "name", ["big.tar", ".layerhold-0123.part", "layerhold-0123456789abcdef.part", ".part"]
)
def test_what_only_looks_alike_stays(tmp_path, name):
    (tmp_path / name).touch()
    let_time_pass(tmp_path)
    sweep(tmp_path)
    assert names(tmp_path) == [name]


def test_links_folders_and_pipes_of_such_a_name_stay(tmp_path):
    (tmp_path / "real").write_text("precious")
    (tmp_path / f".layerhold-{'1' * 16}.part").symlink_to("real")
    (tmp_path / f".layerhold-{'2' * 16}.part").mkdir()
    os.mkfifo(tmp_path / f".layerhold-{'3' * 16}.part")
    before = sorted(names(tmp_path))
    let_time_pass(tmp_path)
    sweep(tmp_path)
    assert sorted(names(tmp_path)) == before
    assert (tmp_path / "real").read_text() == "precious"


def test_a_folder_that_is_not_there_is_no_matter(tmp_path):
    sweep(tmp_path / "gone")
