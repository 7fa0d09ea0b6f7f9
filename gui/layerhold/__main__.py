"""The command line: open the window, take a picture of it, or look for engines."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from layerhold.bindings import plain_imports
from layerhold.command_line import Options, parse
from layerhold.engine import connect
from layerhold.engine.docker import early

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from layerhold.startup import Startup

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
DEFAULT_PICTURE = "layerhold.png"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.doctor:
        from layerhold import doctor

        return doctor.run(options, sys.stdout)
    if not options.screenshot and _has_no_display():
        sys.stdout.write("There is no display, so the window is painted into a picture.\n")
        options = replace(options, screenshot=DEFAULT_PICTURE, wait="all")
    if options.screenshot:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    app, startup = open_window(options)
    if options.screenshot:
        from layerhold.screenshot import Photographer

        target = Path(options.screenshot)
        startup.ready.connect(lambda running: Photographer(running, options, target))
    return app.exec()


def open_window(options: Options) -> tuple["QApplication", "Startup"]:
    """Ask the engine first, and build the window while it works out the answer."""
    # What is made from here on stays, and `JobRunner` sees to garbage: 5 % of the start.
    gc.disable()
    endpoint = connect.first(options.choice, os.environ, Path.home())
    question = early.send(endpoint) if endpoint else None
    if options.scale:
        os.environ["QT_SCALE_FACTOR"] = str(options.scale)

    with plain_imports():
        from PySide6.QtWidgets import QApplication

    from layerhold.startup import Startup
    from layerhold.theme import STYLE

    gc.freeze()
    app = QApplication(["layerhold", *STYLE])
    app.setApplicationName("Layerhold")
    app.setOrganizationName("Layerhold")
    app.setDesktopFileName("layerhold")
    startup = Startup(app, options, question)
    startup.ready.connect(lambda _application: gc.freeze())
    startup.window.show()
    return app, startup


def _has_no_display() -> bool:
    return sys.platform == "linux" and not any(os.environ.get(name) for name in DISPLAYS)


if __name__ == "__main__":
    sys.exit(main())
