"""A desk over an engine in memory, with everything on it real but the engine."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fakes.memory_engine import MemoryEngine
from layerhold.actions.desk import Desk
from layerhold.jobs.lane import Lane
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.snapshot import take
from layerhold.library import Connection, Library, Phase
from layerhold.registry.credentials import credentials
from layerhold.settings import Settings
from layerhold.views.notice_bar import NoticeBar
from planning.model_engine import Model


def desk_over(model: Model) -> Desk:
    """A desk whose library has just looked at the engine, and looks again when asked."""
    engine, library = MemoryEngine(model), Library()
    library.show_connection(Connection(Phase.LIVE, engine.endpoint, engine.about))

    def refresh() -> None:
        library.show(take(engine, library.snapshot))
        library.add_figures(model.world().anatomies, {})

    refresh()
    window = QWidget()
    runner = JobRunner()
    logins = credentials(os.environ, Path.home())
    notices = NoticeBar(window)
    desk = Desk(
        library,
        runner,
        window,
        notices,
        refresh,
        Settings(),
        lambda _: None,
        logins,
        Lane(3, runner),
        engine,
    )
    desk.change_settings = lambda settings: setattr(desk, "settings", settings)
    return desk


def dialog() -> QDialog | None:
    """The dialog that is open."""
    widget = QApplication.activeModalWidget()
    return widget if isinstance(widget, QDialog) else None


def _act(act: Callable[[QDialog], None], found: QDialog) -> None:
    """What goes wrong must not leave the dialog open, which would wait for ever."""
    try:
        act(found)
    except BaseException:
        found.done(QDialog.DialogCode.Rejected)
        raise


def when_open(act: Callable[[QDialog], None]) -> None:
    """Do something with the next dialog as soon as it is open, while `exec` waits."""
    from PySide6.QtCore import QTimer

    def look() -> None:
        found = dialog()
        if found is None:
            QTimer.singleShot(5, look)
        else:
            _act(act, found)

    QTimer.singleShot(0, look)
