"""One run of the real window against a real engine, measured from within; prints JSON.

Arguments: when the process was started (Unix seconds), the engine's URL, the number of rows to
wait for, and `quick` to stop at the rows.
"""

import gc
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter, time
from typing import Any

from layerhold import __main__ as program

STARTED, URL, ROWS, QUICK = float(sys.argv[1]), sys.argv[2], int(sys.argv[3]), "quick" in sys.argv
KEYS = "nginx worker registry 4.2 front ci"

app, startup = program.open_window(program.parse(["--host", URL]))

from heartbeat import Heartbeat  # noqa: E402 - Qt may not be imported before the program does it
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from readings import cpu_seconds, resident_bytes  # noqa: E402

window, library = startup.window, startup.library
tree = window.images.tree
found: dict[str, Any] = {}
rest_of_it: list[Any] = []
startup.ready.connect(rest_of_it.append)


class Paints(QObject):
    """Tells when the list was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
            found.setdefault("first_paint", time() - STARTED)
            if "rows_shown" not in found and tree.model().rowCount() >= ROWS:
                QTimer.singleShot(0, lambda: found.setdefault("rows_shown", time() - STARTED))
        return False


paints = Paints()
tree.viewport().installEventFilter(paints)
window.installEventFilter(paints)
heart = Heartbeat()


def turn_until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = perf_counter() + seconds
    while not done():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if perf_counter() > end:
            raise TimeoutError


def rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def gap(name: str, act: Callable[[], object], seconds: float = 1.5) -> None:
    heart.start()
    act()
    rest(seconds)
    found[f"gap_{name}"] = heart.stop()


def type_keys() -> list[float]:
    """Seconds from each key to the repainted rows; a key that hides no row repaints none."""
    waits = []
    for _ in range(4):
        for key in KEYS:
            before, start = paints.count, perf_counter()
            QTest.keyClick(window.filter, key)
            app.processEvents()
            app.processEvents()
            if paints.count > before:
                waits.append(perf_counter() - start)
        window.filter.clear()
        rest(0.1)
    return waits


def change_a_thousand() -> None:
    images = dict(library.images)
    for image_id in list(images)[:: max(1, len(images) // 1000)][:1000]:
        image = images[image_id]
        images[image_id] = replace(image, tags=(*image.tags, f"changed:{image_id[7:19]}"))
    library.show(replace(library.snapshot, images=images))


heart.start()
turn_until(lambda: "rows_shown" in found)
if not QUICK:
    turn_until(lambda: len(library.figures) >= ROWS, 240)
    rest(3)
    found["gap_start"] = heart.stop()
    tree.setCurrentIndex(tree.model().index(3, 0))
    rest(1)
    gc.collect()
    used = cpu_seconds()
    rest(5)
    found["idle_cpu"] = cpu_seconds() - used
    found["memory"] = resident_bytes()
    gap("refresh", lambda: rest_of_it[0].follower.refresh(), 4)
    for column in range(tree.model().columnCount()):
        gap(
            f"sort_{column}",
            lambda column=column: window.images.tree.sortByColumn(
                column, Qt.SortOrder.AscendingOrder
            ),
            0.3,
        )
    found["keys"] = type_keys()
    gap("thousand_changes", change_a_thousand)
print(json.dumps(found))
app.exit()
