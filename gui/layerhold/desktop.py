"""What Qt can do on this desktop; tried in another process, since Qt aborts where it cannot."""

import subprocess
import sys
from collections.abc import Mapping

from layerhold import displays

SECONDS = 20
QUESTION = """
from PySide6.QtCore import qVersion
print("version", qVersion(), flush=True)
from PySide6.QtGui import QGuiApplication
print("platform", QGuiApplication([]).platformName())
"""


def describe(environ: Mapping[str, str]) -> list[str]:
    """Qt's version and platform, and the display, a line for each."""
    named = ", ".join(displays.named(environ))
    if displays.answers(environ):
        return [_qt(environ), f"Display: {named or 'the desktop'}"]
    missing = f"{named} does not answer" if named else "none"
    offscreen = {**environ, displays.PLATFORM: displays.OFFSCREEN}
    return [_qt(offscreen), f"Display: {missing}, so the window is painted into a picture"]


def _qt(environ: Mapping[str, str]) -> str:
    if getattr(sys, "frozen", False):
        return "Qt: part of this package"
    try:
        ended = subprocess.run(
            [sys.executable, "-c", QUESTION],
            capture_output=True,
            check=False,
            env=environ,
            text=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"Qt: cannot be tried: {error}"
    return _read(ended.stdout, ended.stderr)


def _read(said: str, complaint: str) -> str:
    told = dict(line.split(" ", 1) for line in said.splitlines() if " " in line)
    version = f"Qt: {told.get('version', 'cannot be loaded')}"
    if "platform" in told:
        return f"{version}, platform {told['platform']}"
    lines = [line for line in complaint.splitlines() if line.strip()]
    reason = next((line for line in lines if "platform plugin" in line), "".join(lines[-1:]))
    return f"{version}, but it cannot open a window: {reason.strip()}"
