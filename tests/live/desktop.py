"""A desktop session of the tests: its own message bus, and GNOME's keyring on it."""

import os
import subprocess
import sys
from pathlib import Path

from needs import need

PASSWORD = b"open the keyring"
SECONDS = 60.0
SOURCES = (Path(__file__).parents[2] / "gui", Path(__file__).parents[1])
START = 'gnome-keyring-daemon --components=secrets "$1" >&2; shift; exec "$@"'


def in_session(home: Path, script: str, *args: str, unlocked: bool = True) -> str:
    """What a Python script prints that runs in a session, whose keyring lies in that home."""
    need("gnome-keyring-daemon")
    session = [need("dbus-run-session"), "--", "sh", "-c", START, "session"]
    how = "--unlock" if unlocked else "--start"
    ran = subprocess.run(
        [*session, how, sys.executable, "-c", script, *args],
        input=PASSWORD,
        capture_output=True,
        env=_environment(home),
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode().strip()


def _environment(home: Path) -> dict[str, str]:
    ours = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": ":".join(map(str, SOURCES)),
    }
    taken = {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"}
    return {name: it for name, it in os.environ.items() if name not in taken} | ours
