"""From nothing to a window with rows, with only what that takes; then everything else."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from threading import Event
from types import ModuleType
from typing import Protocol

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication

from layerhold import theme
from layerhold.command_line import Options
from layerhold.engine.docker.early import EarlyAnswer
from layerhold.jobs.context import Context
from layerhold.jobs.first_look import first_look
from layerhold.jobs.memory import return_large_blocks
from layerhold.jobs.runner import JobRunner
from layerhold.jobs.snapshot import Snapshot
from layerhold.library import Library
from layerhold.settings import Layout, Settings
from layerhold.views.main_window import MainWindow

REST = "layerhold.application"
"""Named, not imported: it comes when the window has been painted."""
SOON = (
    "layerhold.models.matches",
    "layerhold.wording.every_failure",
    "layerhold.dialogs.file_drop",
    "layerhold.views.notice_bar",
    "layerhold.views.store_banner",
    "layerhold.views.activity",
    "layerhold.views.no_engine",
    "layerhold.views.archive_shelf",
    "layerhold.views.image_drag",
    "layerhold.views.engine_list",
    "layerhold.views.login_list",
    "layerhold.views.details.pane",
)
"""What is needed soon after, and would hold up the window if it were imported then."""


IMPORT_SECONDS = 5.0
"""For what takes a tenth of that on a machine with nothing else to do."""
TURN_MS = 1
"""Between parts of what is built; after none at all Qt would not look at the user first."""


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
        self._early = early
        self._list_is_read = early is None
        self._application: Rest | None = None
        self._imported = Event()
        self._imported.set()
        app.aboutToQuit.connect(self._wait_for_import)
        self.window.painted.connect(self._go_on)

    def _restore(self) -> None:
        images, intermediate = self.window.images, self.settings.show_intermediate
        self.window.restore(Layout(self.store))
        self.window.commands.intermediate.setChecked(intermediate)
        images.show_intermediate(intermediate)
        if self.options.size:
            self.window.resize(*self.options.size)

    def _go_on(self) -> None:
        """Both threads begin here: before, they would hold up the first picture."""
        if self._early is not None:
            self._read(self._early)
        self._import_rest()

    def _read(self, early: EarlyAnswer) -> None:
        """Read the answer that was asked for before the window was built."""
        job = self.runner.start("Read the first list", partial(_read, early), quiet=True)
        job.succeeded.connect(self._show_list)
        job.settled.connect(lambda: QTimer.singleShot(TURN_MS, self._finish_list))

    def _show_list(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.library.show(snapshot)

    def _finish_list(self) -> None:
        self._list_is_read = True
        self._begin()

    def _import_rest(self) -> None:
        """On a thread, while the engine works out its answer."""
        self._imported.clear()
        job = self.runner.start("Import the rest", partial(_import, self._imported), quiet=True)
        job.succeeded.connect(self._build_rest)

    def _wait_for_import(self) -> None:
        """Python would end under a thread that makes classes of widgets, and crash."""
        self._imported.wait(IMPORT_SECONDS)

    def _build_rest(self, application: ModuleType) -> None:
        self._turns = self._building(application)
        self._take_turn()

    def _building(self, application: ModuleType) -> Iterator[None]:
        yield from self.window.furnish(self.runner)
        self._application = application.Application(self)
        yield
        self.window.details.prepare()
        yield
        self._begin()

    def _take_turn(self) -> None:
        """Build a part at a time, so that the window answers in between."""
        for _part in self._turns:
            QTimer.singleShot(TURN_MS, self._take_turn)
            return

    def _begin(self) -> None:
        """Connect to the engine last: importing what speaks to it would hold up the rows."""
        if self._application and self._list_is_read:
            self._application.begin()
            self.ready.emit(self._application)


def _read(early: EarlyAnswer, context: Context) -> Snapshot | None:
    from layerhold import guessing

    return_large_blocks()
    guessing.import_json()
    return first_look(early, context.token)


def _import(done: Event, _context: Context) -> ModuleType:
    try:
        return _import_all()
    finally:
        done.set()


def _import_all() -> ModuleType:
    from layerhold import guessing, logs

    logs.begin()
    guessing.leave_out()
    guessing.import_json()
    for name in SOON:
        import_module(name)
    return import_module(REST)
