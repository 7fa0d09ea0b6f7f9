"""From nothing to a window with rows, with only what that takes; then everything else."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from layerhold import theme
from layerhold.command_line import Options
from layerhold.engine.docker.early import EarlyAnswer
from layerhold.jobs.context import Context
from layerhold.jobs.first_look import first_look
from layerhold.jobs.memory import return_large_blocks
from layerhold.jobs.runner import JobRunner, Work
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Library
from layerhold.settings import Layout, Settings
from layerhold.views.main_window import MainWindow

REST = "layerhold.application"
"""Named, not imported: it comes when the window has been painted."""


class Rest(Protocol):
    """What comes after: builds everything else when it is made."""

    def begin(self) -> None:
        """Connect to an engine."""


class Startup(QObject):
    """The window is painted before the rows are there, and the rest is imported while it waits."""

    ready = Signal(object)
    """The `Application`: everything is built and connected."""

    def __init__(self, app: QApplication, options: Options, early: EarlyAnswer | None) -> None:
        super().__init__(app)
        self.app, self.options = app, options
        self.store = QSettings()
        self.settings = Settings.load(self.store)
        theme.apply(app, options.theme or self.settings.theme)
        self.runner = JobRunner(parent=self)
        self.library = Library(self)
        self.window = MainWindow(self.library)
        self._restore()
        self._application: Rest | None = None
        self._awaited = {self._show_list, self._build_rest}
        self.window.painted.connect(self._import_rest)
        self._read(early)

    def _restore(self) -> None:
        images, intermediate = self.window.images, self.settings.show_intermediate
        self.window.restore(Layout(self.store))
        self.window.commands.intermediate.setChecked(intermediate)
        images.show_intermediate(intermediate)
        if self.options.size:
            self.window.resize(*self.options.size)

    def _read(self, early: EarlyAnswer | None) -> None:
        """Read the answer that was asked for before the window was built."""
        if early is None:
            self._awaited.discard(self._show_list)
            return
        self._start("Read the first list", partial(_read, early), self._show_list)

    def _import_rest(self) -> None:
        """On a thread, while the engine works out its answer."""
        self._start("Import the rest", _import, self._build_rest)

    def _start(self, title: str, work: Work, then: Callable[[Any], None]) -> None:
        job = self.runner.start(title, work, quiet=True)
        job.succeeded.connect(then)
        job.settled.connect(lambda: self._settle(then))

    def _show_list(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.library.show(snapshot)

    def _build_rest(self, application: ModuleType) -> None:
        self.window.furnish(self.runner)
        self._application = application.Application(self)

    def _settle(self, done: Callable[[Any], None]) -> None:
        """The engine is connected to last: importing the SDK would hold up the rows."""
        self._awaited.discard(done)
        if self._application and not self._awaited:
            self._application.begin()
            self.ready.emit(self._application)


def _read(early: EarlyAnswer, context: Context) -> Snapshot | None:
    return first_look(early, context.token)


def _import(_context: Context) -> ModuleType:
    return_large_blocks()
    return import_module(REST)
