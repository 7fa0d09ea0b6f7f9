"""The Qt bindings are sound, and cost no more than they must."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal

EMISSIONS = 100
"""Some versions lose a reference with every signal, and then abort."""

WINDOW = """
import builtins, linecache
plain = builtins.__import__
from layerhold import __main__ as program
app, startup = program.open_window(program.parse(["--host", "unix:///nowhere"]))
read = [name for name in linecache.cache if "layerhold" in name]
print(builtins.__import__ is plain, read, startup.window.isVisible())
"""


class Bell(QObject):
    rang = Signal()


def test_the_qt_bindings_keep_count():
    bell, before = Bell(), sys.getrefcount(True)
    for _ in range(EMISSIONS):
        bell.rang.emit()

    assert sys.getrefcount(True) > before - EMISSIONS / 2


def test_the_qt_bindings_keep_count_of_heard_signals():
    heard = []
    bell, before = Bell(), sys.getrefcount(True)
    bell.rang.connect(lambda: heard.append(None))
    for _ in range(EMISSIONS):
        bell.rang.emit()

    assert len(heard) == EMISSIONS
    assert sys.getrefcount(True) > before - EMISSIONS / 2


def test_a_window_opens_without_reading_the_source_of_every_module():
    gui = str(Path(__file__).parents[1] / "gui")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": gui}
    ended = subprocess.run(
        [sys.executable, "-c", WINDOW], env=environment, capture_output=True, text=True, check=True
    )

    assert ended.stdout.split("\n")[0] == "True [] True"
