"""One run of the real window against a real engine, measured from within; prints JSON.

Arguments: when the process was started (Unix seconds), the engine's URL, the number of rows to
wait for, and `quick` to stop at the rows.
"""

import gc
import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter, thread_time, time
from typing import Any

from layerhold import __main__ as program

STARTED, URL, ROWS, QUICK = float(sys.argv[1]), sys.argv[2], int(sys.argv[3]), "quick" in sys.argv
FILTERS = ("nginx", "worker7", "registry.example", "a3f", "title of", "revision 77", "zzz")
TERMS = ("size>1kB", "used=no", "platform=arm64", "reference=*:1.1", "age>30d")
LABELS = ("label=org.opencontainers.image.title", "label=x=y")
ROUNDS = 6
"""In which every text is typed; enough keys that the 99th percentile is one of them."""
CHANGED = REMOVED = 1000
REMOVING_SECONDS = 8

app, startup = program.open_window(program.parse(["--host", URL]))

from heartbeat import Heartbeat, Pause  # noqa: E402 - Qt may not be imported before the program does it
from PySide6.QtCore import (  # noqa: E402
    QEvent,
    QEventLoop,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent  # noqa: E402
from readings import cpu_seconds, resident_bytes  # noqa: E402

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
window, library = startup.window, startup.library
tree = window.images.tree
gaps: dict[str, Pause] = {}
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
            self.count += watched is tree.viewport()
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


def gap(name: str, act: Callable[[], object], seconds: float = 1.0) -> None:
    """The worst pause of what goes by that name."""
    heart.start()
    act()
    rest(seconds)
    gaps[name] = gaps.get(name, Pause()) | heart.stop()


def press(key: str) -> tuple[float, float] | None:
    """Seconds to the repainted rows, and of them on the processor; a key may repaint none."""
    before, start, used = paints.count, perf_counter(), thread_time()
    app.sendEvent(window.filter, QKeyEvent(QEvent.Type.KeyPress, 0, NO_MODIFIER, key))
    for _turn in range(2):
        app.processEvents()
        if paints.count > before:
            break
    return (perf_counter() - start, thread_time() - used) if paints.count > before else None


def type_keys() -> list[tuple[float, float]]:
    waits: list[tuple[float, float] | None] = []
    for text in (*FILTERS, *TERMS, *LABELS) * ROUNDS:
        waits += [press(key) for key in text]
        window.filter.clear()
        rest(0.05)
    return [wait for wait in waits if wait is not None]


def change_a_thousand() -> None:
    images = dict(library.images)
    for image_id in list(images)[:: max(1, len(images) // CHANGED)][:CHANGED]:
        image = images[image_id]
        images[image_id] = replace(image, tags=(*image.tags, f"changed:{image_id[7:19]}"))
    library.show(replace(library.snapshot, images=images))


def lose_a_thousand() -> None:
    images = dict(library.images)
    for image_id in list(images)[:: max(1, len(images) // CHANGED)][:CHANGED]:
        del images[image_id]
    library.show(replace(library.snapshot, images=images))


def select_unused() -> None:
    """Rows that nothing is in the way of, a thousand or half of all."""
    selection, model = QItemSelection(), tree.images
    unused = [row for row, entry in enumerate(model.shown) if not entry.users]
    for row in unused[: min(REMOVED, ROWS // 2)]:
        selection.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
    tree.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def accept_plan() -> None:
    """Press the verb of the dialog as soon as its plan is there."""
    dialog = app.activeModalWidget()
    if dialog is None or not dialog.buttons.verb.isEnabled():
        QTimer.singleShot(20, accept_plan)
        return
    gaps["showing the plan"] = heart.stop()
    heart.start()
    dialog.buttons.verb.click()


def remove_a_thousand() -> None:
    """Through the dialog and the job; this is for good, and comes last.

    Docker takes a second for each image where it has thousands, so that the job is cut short.
    """
    before = len(library.images)
    gap("selecting", select_unused, 0.5)
    heart.start()
    QTimer.singleShot(20, accept_plan)
    window.commands.remove.trigger()
    rest(REMOVING_SECONDS)
    for job in startup.runner.running:
        job.cancel()
    rest(1.5)
    gaps["removing"] = heart.stop()
    found["removed"] = before - len(library.images)


def use() -> None:
    rest(0.5)
    found["first_key"] = press("w")
    window.filter.clear()
    turn_until(lambda: len(library.figures) >= ROWS, 240)
    rest(2)
    gaps["start"] = heart.stop()
    tree.setCurrentIndex(tree.model().index(3, 0))
    rest(1)
    gc.collect()
    used = cpu_seconds()
    rest(5)
    found["idle_cpu"] = cpu_seconds() - used
    found["memory"] = resident_bytes()
    gap("refresh", rest_of_it[0].follower.refresh, 3)
    for column in range(tree.model().columnCount()):
        gap("sorting", partial(tree.sortByColumn, column, Qt.SortOrder.AscendingOrder), 0.2)
    found["keys"] = type_keys()
    gap("1,000 changes", change_a_thousand)
    gap("1,000 images gone", lose_a_thousand)
    rest_of_it[0].follower.refresh()
    rest(2)
    remove_a_thousand()


heart.start()
turn_until(lambda: "rows_shown" in found)
if not QUICK:
    try:
        use()
    except BaseException:
        # Layerhold writes to its log what nobody expected, and to nothing else.
        traceback.print_exc()
        raise
turn_until(lambda: bool(rest_of_it))
found["gaps"] = {name: (pause.waited, pause.computed) for name, pause in gaps.items()}
print(json.dumps(found))
app.exit()
