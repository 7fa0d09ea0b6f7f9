"""A program in Podman's place that does one thing Podman can do."""

import sys

import pytest

from layerhold.engine.about import Endpoint
from layerhold.jobs.podman_service import PodmanService

LISTENS = """\
import socket, sys, signal
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[-1].removeprefix("unix://"))
listener.listen()
signal.pause()
"""
REFUSES = 'import sys; sys.exit("Error: cannot set up namespace")'


@pytest.fixture
def program(tmp_path):
    def write(code):
        path = tmp_path / "podman"
        path.write_text(f"#!{sys.executable}\n{code}")
        path.chmod(0o700)
        return str(path)

    return write


@pytest.fixture
def place(folder):
    return Endpoint("Podman", f"unix://{folder}/deep/podman.sock", "socket")


@pytest.fixture
def service(qtbot):
    del qtbot
    made = PodmanService()
    yield made
    made.stop()


def test_it_is_told_when_it_listens_and_ended_with_us(service, qtbot, program, place):
    with qtbot.waitSignal(service.came_up, timeout=10_000) as told:
        service.start(program(LISTENS), place)
    assert told.args == [place]
    assert service.is_running
    with qtbot.assertNotEmitted(service.failed):
        service.stop()
    assert not service.is_running


def test_why_it_does_not_start_is_told_in_its_own_words(service, qtbot, program, place):
    with qtbot.waitSignal(service.failed, timeout=10_000) as told:
        service.start(program(REFUSES), place)
    assert told.args[0].detail == "Error: cannot set up namespace"
    assert not service.is_running


def test_no_room_for_its_socket_is_told(service, qtbot, program, tmp_path):
    (tmp_path / "file").touch()
    with qtbot.waitSignal(service.failed) as told:
        service.start(program(LISTENS), Endpoint("P", f"unix://{tmp_path}/file/p.sock", "socket"))
    assert "file" in told.args[0].detail
