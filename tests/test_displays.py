import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from layerhold import displays

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the desktop is there")


@pytest.fixture
def far():
    """The number of an X11 display that is reached through the network."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1] - displays.FIRST_PORT


def test_a_display_counts_only_if_it_answers(far):
    assert displays.answers({"DISPLAY": f"127.0.0.1:{far}.0"})
    assert displays.answers({"DISPLAY": f"127.0.0.1:{far}", "QT_QPA_PLATFORM": "xcb"})
    assert not displays.answers({"DISPLAY": f"127.0.0.1:{far}", "QT_QPA_PLATFORM": "wayland"})


def test_a_display_of_this_machine_is_found_by_its_socket():
    number = 4321
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()
        assert displays.answers({"DISPLAY": f":{number}"})
        assert displays.answers({"DISPLAY": f"unix:{number}.0"})
    assert not displays.answers({"DISPLAY": f":{number}"})


def test_a_wayland_display_is_a_socket_in_the_runtime_folder():
    with TemporaryDirectory(prefix="lh") as folder, socket.socket(socket.AF_UNIX) as server:
        environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": folder}
        assert not displays.answers(environ)
        server.bind(str(Path(folder) / "wayland-7"))
        server.listen()
        assert displays.answers(environ)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"QT_QPA_PLATFORM": ""},
        {"DISPLAY": "", "WAYLAND_DISPLAY": ""},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":99999999"},
        {"DISPLAY": "unix:" + "9" * 200},
        {"WAYLAND_DISPLAY": "/no/such"},
    ],
)
def test_what_names_no_display_is_none(environ):
    assert not displays.answers(environ)


def test_another_platform_of_qt_needs_none():
    assert displays.answers({"QT_QPA_PLATFORM": "offscreen"})
    assert displays.answers({"QT_QPA_PLATFORM": "vnc:size=800x600"})
