"""One image moved by Layerhold's own job in a process of its own; prints JSON.

Arguments: the engine's URL, what to do, the reference if there is one, and the archive if there is
one. `watch` pulls in the whole window with the job in sight, and measures the longest pause.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from layerhold import __main__ as program

URL, WHAT, *REST = sys.argv[1:]
REFERENCE, ARCHIVE = (*REST, "", "")[:2]
Found = dict[str, float]


def move() -> Found:
    """Seconds, how much of them was reading back, and how much more memory it took at most."""
    from PySide6.QtCore import QCoreApplication
    from readings import forget_peak, peak_bytes, resident_bytes

    from layerhold.domain.cancel import Token
    from layerhold.engine.about import Endpoint
    from layerhold.engine.connect import reach
    from layerhold.jobs import saving
    from layerhold.jobs.runner import JobRunner

    app = QCoreApplication([])
    engine = reach(Endpoint("bench", URL, "bench"), Token())
    reading_back: list[float] = []
    saving.verify = _timed(saving.verify, reading_back)
    prepare = {"save": _save, "load": _load, "pull": _pull, "push": _push}
    work = prepare[WHAT](engine)
    forget_peak()
    before, started = resident_bytes(), perf_counter()
    job = JobRunner(parent=app).start(WHAT, work)
    ended: list[float] = []
    job.settled.connect(lambda: ended.append(perf_counter()))
    job.settled.connect(app.quit)
    app.exec()
    if job.error:
        raise job.error
    return {
        "seconds": ended[0] - started,
        "verifying": sum(reading_back),
        "grown": peak_bytes() - before,
    }


def _timed(act: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*arguments: object) -> object:
        started = perf_counter()
        try:
            return act(*arguments)
        finally:
            spent.append(perf_counter() - started)

    return timed


def _save(engine: Any) -> Any:
    from layerhold.jobs.saving import save
    from layerhold.planning.saving import FileWish, Item, SaveWish

    images = engine.list_images()
    found = next(image for image in images if REFERENCE in image.tags)
    wish = SaveWish((FileWish(Path(ARCHIVE), (Item(found.id, REFERENCE),), found.size),))
    return partial(save, engine, wish)


def _load(engine: Any) -> Any:
    from layerhold.archives.choosing import everything
    from layerhold.archives.reading import read
    from layerhold.domain.cancel import Token
    from layerhold.jobs.loading import ArchiveWish, load
    from layerhold.planning.load_rules import receiver

    contents = read(Path(ARCHIVE), Token())
    tags = {tag: "" for image in contents.images for tag in image.tags}
    size = Path(ARCHIVE).stat().st_size
    wish = ArchiveWish(contents, everything(contents), tags, size)
    return partial(load, engine, (wish,), receiver(engine.about.caps))


def _pull(engine: Any) -> Any:
    from layerhold.domain.transfers import PullWish
    from layerhold.jobs.transfers import pull
    from layerhold.registry.credentials import credentials

    return partial(pull, engine, credentials(os.environ, Path.home()), PullWish(REFERENCE))


def _push(engine: Any) -> Any:
    from layerhold.jobs.transfers import push
    from layerhold.registry.credentials import credentials

    return partial(push, engine, credentials(os.environ, Path.home()), (REFERENCE,))


def watch() -> Found:
    """The longest pauses of the event loop, in seconds, with the job in sight with its layers."""
    app, startup = program.open_window(program.parse(["--host", URL]))

    from heartbeat import Heartbeat
    from PySide6.QtCore import QTimer

    heart, found = Heartbeat(), {"layers": 0.0}

    def begin(application: Any) -> None:
        application.follower.engine_changed.connect(lambda engine: engine and go(application))

    def go(application: Any) -> None:
        startup.window.activity.open()
        job = startup.runner.start("Pull", _pull(application.desk.engine))
        startup.window.activity.show_job(job)
        job.progressed.connect(count)
        job.settled.connect(lambda: QTimer.singleShot(500, end))
        heart.start()

    def count(progress: Any) -> None:
        found["layers"] = max(found["layers"], float(len(progress.layers)))

    def end() -> None:
        pause = heart.stop()
        found.update(gap=pause.waited, computed=pause.computed)
        app.quit()

    startup.ready.connect(begin)
    app.exec()
    return found


print(json.dumps(watch() if WHAT == "watch" else move()))
