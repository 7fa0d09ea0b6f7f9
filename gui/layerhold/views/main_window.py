"""The window: puts the parts together, and remembers where they were."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from layerhold.jobs.runner import JobRunner
from layerhold.library import Library, Phase
from layerhold.settings import Layout
from layerhold.views import menus
from layerhold.views.activity import Activity
from layerhold.views.commands import Commands
from layerhold.views.details.pane import ImageDetails
from layerhold.views.engine_menu import EngineMenu
from layerhold.views.filter_field import FilterField
from layerhold.views.image_list import ImageList
from layerhold.views.no_engine import NoEngine
from layerhold.views.notice_bar import NoticeBar
from layerhold.views.status_line import StatusLine
from layerhold.views.titles import title
from layerhold.views.toolbar import Toolbar
from layerhold.views.view_list import ViewList
from layerhold.views.workplace import Workplace

FIRST_SIZE = (1280, 820)
SMALLEST = (800, 560)


class MainWindow(QMainWindow):
    """Sidebar, list, details and activity; knows no engine and decides nothing."""

    close_wanted = Signal(QCloseEvent)
    """Whoever listens may ignore the event."""

    def __init__(self, library: Library, runner: JobRunner) -> None:
        super().__init__()
        self._library = library
        self._make_parts(library, runner)
        self._place_parts()
        self._connect_parts()
        self.show_connection()

    def _make_parts(self, library: Library, runner: JobRunner) -> None:
        self.commands = Commands(self)
        self.engines = EngineMenu(self)
        self.filter = FilterField()
        self.views = ViewList()
        self.images = ImageList(library)
        self.details = ImageDetails(library)
        self.activity = Activity(runner)
        self.notices = NoticeBar()
        self.no_engine = NoEngine()
        self.status = StatusLine()

    def _place_parts(self) -> None:
        commands = self.commands
        menus.fill(self.menuBar(), commands, self.engines)
        self.engines.hold([commands.look_again])
        self.images.set_menu(commands.image_actions())
        frequent = [commands.tag, commands.remove, commands.prune, commands.refresh]
        self.addToolBar(Toolbar(self.engines, frequent, self.filter))
        self._work = Workplace(self.views, self.images, self.details)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._work)
        self._stack.addWidget(self.no_engine)
        self.setCentralWidget(_column(self.notices, self._stack, self.activity))
        self.setStatusBar(self.status)
        self.setMinimumSize(*SMALLEST)
        self.images.tree.setFocus()
        self.resize(*FIRST_SIZE)

    def _connect_parts(self) -> None:
        for switch, part in self._switched():
            switch.setChecked(True)
            switch.toggled.connect(part.setVisible)
        self.commands.find.triggered.connect(self.filter.find)
        self._connect_list()
        self._library.connection_changed.connect(self.show_connection)

    def _connect_list(self) -> None:
        images, views, search = self.images, self.views, self.filter
        search.textChanged.connect(images.set_filter)
        search.list_wanted.connect(images.enter)
        images.filter_judged.connect(search.show_problem)
        images.filter_removal_wanted.connect(search.clear)
        views.view_chosen.connect(images.set_view)
        images.counts_changed.connect(views.show_counts)
        images.view_wanted.connect(views.choose)
        images.removal_wanted.connect(self.commands.remove.trigger)

    def _switched(self) -> tuple[tuple[QAction, QWidget], ...]:
        commands = self.commands
        return (
            (commands.sidebar, self.views),
            (commands.details, self.details),
            (commands.activity, self.activity),
        )

    def show_connection(self) -> None:
        """Say in the title how we stand; without any engine, say what to do about it."""
        connection = self._library.connection
        self.setWindowTitle(title(connection))
        none = connection.phase is Phase.NONE
        if none:
            self.no_engine.show_connection(connection)
        self._stack.setCurrentWidget(self.no_engine if none else self._work)
        self.engines.tick(connection.endpoint)

    def restore(self, layout: Layout) -> None:
        """Put everything where it was."""
        self.restoreGeometry(layout.state("window"))
        self._work.restore(layout.state("across"), layout.state("down"))
        self.images.restore(layout.state("images"))
        self.details.restore(layout.state("details"))
        for switch, part in self._switched():
            switch.setChecked(layout.shown(part.accessibleName()))

    def keep(self, layout: Layout) -> None:
        """Remember where everything is."""
        parts = {
            "window": self.saveGeometry(),
            "images": self.images.state(),
            "details": self.details.state(),
        }
        shown = {part.accessibleName(): switch.isChecked() for switch, part in self._switched()}
        layout.keep(parts | self._work.states(), shown)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_wanted.emit(event)


def _column(*widgets: QWidget) -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, stretch=1 if isinstance(widget, QStackedWidget) else 0)
    return body
