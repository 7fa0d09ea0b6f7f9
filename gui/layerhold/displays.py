"""Whether there is a display to open a window on; Qt aborts the program where there is none."""

import socket
import sys
from collections.abc import Iterator, Mapping

PLATFORM = "QT_QPA_PLATFORM"
NAMES = ("DISPLAY", "WAYLAND_DISPLAY", PLATFORM)
OFFSCREEN = "offscreen"
SECONDS = 3.0
"""For a display on another machine."""
FIRST_PORT = 6000
"""Of X11; the display's number is added."""

Place = str | tuple[str, int]


def named(environ: Mapping[str, str]) -> list[str]:
    """What the environment says of displays, such as `DISPLAY=:0`."""
    return [f"{name}={environ[name]}" for name in NAMES if environ.get(name)]


def answers(environ: Mapping[str, str]) -> bool:
    """Whether Qt would find a display."""
    if sys.platform != "linux":
        return True
    platform = environ.get(PLATFORM, "")
    if platform.startswith("xcb"):
        return _x_answers(environ)
    if platform.startswith("wayland"):
        return _wayland_answers(environ)
    return bool(platform) or _x_answers(environ) or _wayland_answers(environ)


def _x_answers(environ: Mapping[str, str]) -> bool:
    return any(map(_listens, _x_places(environ.get("DISPLAY", ""))))


def _x_places(display: str) -> Iterator[Place]:
    """Where `:0`, `unix:0`, `host:0.0` and `[::1]:0` are, in the order of X's own library."""
    host, _colon, numbers = display.rpartition(":")
    number = numbers.partition(".")[0]
    if not number.isdecimal():
        return
    if host in {"", "unix"}:
        yield f"\0/tmp/.X11-unix/X{number}"
        yield f"/tmp/.X11-unix/X{number}"
    if host != "unix":
        yield host.strip("[]") or "localhost", FIRST_PORT + int(number)


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    display = environ.get("WAYLAND_DISPLAY", "")
    folder = environ.get("XDG_RUNTIME_DIR", "")
    return bool(display) and _listens(f"{folder}/{display}" if display[0] != "/" else display)


def _listens(place: Place) -> bool:
    try:
        if isinstance(place, tuple):
            socket.create_connection(place, SECONDS).close()
            return True
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(SECONDS)
            sock.connect(place)
            return True
    except (OSError, OverflowError, ValueError):
        return False
