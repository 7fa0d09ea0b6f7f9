"""The command line: open the window, take a picture of it, or look for engines."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from layerhold import displays
from layerhold.bindings import plain_imports
from layerhold.command_line import Options, parse
from layerhold.engine import connect
from layerhold.engine.docker import early

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from layerhold.startup import Startup

DEFAULT_PICTURE = "layerhold.png"
UNREAD = 128 + 13
"""The exit code of a program whose output nobody reads any more (SIGPIPE)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.doctor:
        return _consult(options)
    options = _with_a_display(options)
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


def _consult(options: Options) -> int:
    from layerhold import doctor

    try:
        code = doctor.run(options, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would write what is left once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    return code


def _with_a_display(options: Options) -> Options:
    """Paint into a picture where that is asked for, and where no window can be opened."""
    wished, painted = os.environ.get(displays.PLATFORM), bool(options.screenshot)
    if (painted and not wished) or not displays.answers(os.environ):
        os.environ[displays.PLATFORM] = displays.OFFSCREEN
        if not painted:
            sys.stdout.write("No display answers, so the window is painted into a picture.\n")
            return replace(options, screenshot=DEFAULT_PICTURE, wait="all")
    return options


if __name__ == "__main__":
    sys.exit(main())
