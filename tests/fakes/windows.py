"""The whole program, started as the command line starts it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from layerhold.application import Application
from layerhold.command_line import Options
from layerhold.engine import connect
from layerhold.engine.candidates import Choice
from layerhold.engine.docker import early
from layerhold.startup import Startup

PATIENCE_MS = 15_000
SIZE = (1200, 800)

Open = Callable[..., Startup]


def opening(qtbot: QtBot, app: QApplication) -> Iterator[Open]:
    """Hand out what opens a window on an engine, and end every window afterwards."""
    started: list[Startup] = []
    running: list[Application] = []

    def begin(url: str = "", size: tuple[int, int] = SIZE, files: tuple[str, ...] = ()) -> Startup:
        """Without a URL, the window finds its engine as it would for any user."""
        choice = Choice(host=url)
        endpoint = connect.first(choice, os.environ, Path.home())
        question = early.send(endpoint) if endpoint else None
        startup = Startup(app, Options(choice, size=size, files=files), question)
        startup.ready.connect(running.append)
        startup.window.show()
        started.append(startup)
        return startup

    yield begin
    # Not `qtbot.addWidget`: windows would end before what still begins, and asks for them.
    qtbot.waitUntil(lambda: len(running) == len(started), timeout=PATIENCE_MS)
    for application in running:
        application.follower.leave()
    for startup in started:
        startup.runner.cancel_all()
        qtbot.waitUntil(lambda runner=startup.runner: not runner.running, timeout=PATIENCE_MS)
        startup.window.close()
        # First what watches folders that go with the test, and would tell the window of it.
        startup.deleteLater()
        startup.window.deleteLater()
