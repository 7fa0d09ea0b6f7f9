"""Ask what the user prefers, and let it take effect."""

import os
from functools import partial
from pathlib import Path

from layerhold import logs
from layerhold.actions.desk import Desk
from layerhold.actions.following import Follower
from layerhold.actions.report import report
from layerhold.dialogs.preferences import PreferencesDialog
from layerhold.dialogs.store_place import StorePlace
from layerhold.engine import kept
from layerhold.engine.store import places
from layerhold.jobs.context import Context
from layerhold.jobs.job import Job
from layerhold.jobs.store_place import look_into


def prefer(desk: Desk, follower: Follower) -> None:
    """Read where the store is, then ask."""
    file = kept.file(os.environ, Path.home())
    reading = desk.runner.start("Read what is kept", lambda _: kept.read(file)[0], quiet=True)
    reading.succeeded.connect(lambda found: _ask(desk, follower, found.store))


def _ask(desk: Desk, follower: Follower, store: str) -> None:
    usual = places.usual(os.environ, Path.home())
    before = Path(store or usual)
    place = StorePlace(before, usual, partial(_look, desk))
    chosen = PreferencesDialog.ask(desk.window, desk.settings, place, logs.folder())
    if chosen is None:
        return
    settings, folder = chosen
    desk.change_settings(settings)
    if folder != before:
        _point_to(desk, follower, before, "" if folder == usual else str(folder))


def _look(desk: Desk, folder: Path) -> Job:
    return desk.runner.start("Look into a store", partial(look_into, folder), quiet=True)


def _point_to(desk: Desk, follower: Follower, before: Path, store: str) -> None:
    """What showed the store goes on to show the store."""
    environ, home = os.environ, Path.home()
    file, old = kept.file(environ, home), places.own(environ, home, str(before)).url

    def keep(_context: Context) -> None:
        changed = {"store": store}
        if kept.read(file)[0].chosen == old:
            changed["chosen"] = places.own(environ, home, store).url
        kept.keep(file, **changed)

    def go_on() -> None:
        shown = desk.library.connection.endpoint
        is_shown = shown is not None and shown.url == old
        follower.seek() if is_shown else follower.find_engines()

    job = desk.runner.start("Keep where the store is", keep, quiet=True)
    job.succeeded.connect(go_on)
    job.failed.connect(partial(report, desk))
