"""Images dragged with a real mouse on a real screen: onto the shelf, and to another program."""

import json
import subprocess

import pytest

from live.images import Layer, Sketch, write_archive
from live.screens import screen
from needs import need

pytestmark = pytest.mark.live

WEB = Sketch((Layer("ADD web /", {"srv/web": b"w" * 300_000}),), ("web:1",))


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def shown():
    with screen() as shown:
        yield shown


@pytest.fixture
def program(shown, dockerd, shelf, tmp_path):
    need("xdotool")
    dockerd.load(write_archive(tmp_path / "web.tar", (WEB,)))
    with shown.program("shown_program.py", dockerd.url, str(shelf)) as program:
        yield program


def layers(path):
    """What an independent reader finds."""
    image = f"docker-archive:{path}:web:1"
    command = [need("skopeo"), "--insecure-policy", "inspect", image]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["Layers"]


def test_images_are_saved_in_the_folder_on_which_they_are_dropped(shown, program, shelf):
    places = program.says()
    shown.drag(places["images"]["web"], places["shelf"]["shelf"])
    path = shelf / "web_1.tar"
    assert program.says() == {"job": "Save web:1", "outcome": "succeeded", "files": [str(path)]}
    assert layers(path) == [WEB.layers[0].diff_id]
    assert list(shelf.iterdir()) == [path]


def test_an_archive_is_made_for_the_program_on_which_images_are_dropped(shown, program):
    places = program.says()
    with shown.program("drop_target.py") as target:
        shown.drag(places["images"]["web"], target.says()["middle"])
        assert target.says() == {"hovers": [False]}
        ended = program.says()
        got = target.says()
    assert ended == {"job": "Save web:1", "outcome": "succeeded", "files": got["dropped"]}
    assert got["there"] == [True]
    (path,) = got["dropped"]
    assert layers(path) == [WEB.layers[0].diff_id]


def test_images_that_are_dragged_once_more_are_there_while_they_hover(shown, program):
    places = program.says()
    with shown.program("drop_target.py") as target:
        middle = target.says()["middle"]
        shown.drag(places["images"]["web"], middle)
        target.says()
        program.says()
        first = target.says()["dropped"]
        shown.drag(places["images"]["web"], middle)
        assert target.says() == {"hovers": [True]}
        assert target.says() == {"dropped": first, "there": [True]}


def test_an_archive_of_the_shelf_is_a_file_for_other_programs(shown, dockerd, shelf, tmp_path):
    need("xdotool")
    kept = write_archive(shelf / "kept.tar", (WEB,))
    dockerd.load(write_archive(tmp_path / "web.tar", (WEB,)))
    with (
        shown.program("shown_program.py", dockerd.url, str(shelf)) as program,
        shown.program("drop_target.py") as target,
    ):
        shown.drag(program.says()["shelf"]["kept.tar"], target.says()["middle"])
        assert target.says() == {"hovers": [True]}
        assert target.says() == {"dropped": [str(kept)], "there": [True]}
    assert kept.exists(), "it was copied, not moved"


@pytest.mark.parametrize("count", [1, pytest.param(50, marks=pytest.mark.thorough)])
def test_files_of_another_program_are_loaded(shown, program, dockerd, tmp_path, count):
    sketches = [Sketch(WEB.layers, (f"new:{n}",), labels={"n": str(n)}) for n in range(count)]
    paths = [write_archive(tmp_path / f"{n}.tar", [each]) for n, each in enumerate(sketches)]
    places = program.says()
    with shown.program("drag_source.py", *map(str, paths)) as source:
        shown.drag(source.says()["middle"], places["images"]["web"])
        assert source.says() == {"taken": True}
        told = program.says()
        assert told["dialog"] == "Load images"
        shown.drag(told["verb"], told["verb"])
        assert program.says()["outcome"] == "succeeded"
    listed = dockerd.cli("images", "--format", "{{.Repository}}:{{.Tag}}").split()
    assert set(listed) == {"web:1", *(each.tags[0] for each in sketches)}
