"""The window: puts the parts together, and remembers where they were."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from layerhold.jobs.runner import JobRunner
from layerhold.library import Library, Phase
from layerhold.models.image_views import View
from layerhold.settings import Layout
from layerhold.views import menus
from layerhold.views.commands import Commands
from layerhold.views.engine_menu import EngineMenu
from layerhold.views.filter_field import FilterField
from layerhold.views.image_list import ImageList
from layerhold.views.sidebar import Sidebar
from layerhold.views.status_line import StatusLine
from layerhold.views.titles import title
from layerhold.views.toolbar import Toolbar
from layerhold.views.view_list import ViewList
from layerhold.views.workplace import Workplace

if TYPE_CHECKING:
    from layerhold.dialogs.file_drop import FileDrop
    from layerhold.views.activity import Activity
    from layerhold.views.archive_shelf import ArchiveShelf
    from layerhold.views.details.pane import ImageDetails
    from layerhold.views.engine_list import EngineList
    from layerhold.views.login_list import LoginList
    from layerhold.views.no_engine import NoEngine
    from layerhold.views.notice_bar import NoticeBar
    from layerhold.views.panes import Panes
    from layerhold.views.store_banner import StoreBanner

FIRST_SIZE = (1280, 820)
SMALLEST = (800, 560)


class MainWindow(QMainWindow):
    """Sidebar, list, details and activity; knows no engine and decides nothing.

    Made with what the first picture shows; `furnish` makes the rest.
    """

    painted = Signal()
    """The first picture is on the screen."""
    close_wanted = Signal(QCloseEvent)
    """Whoever listens may ignore the event."""

    details: "ImageDetails"
    activity: "Activity"
    shelf: "ArchiveShelf"
    engine_list: "EngineList"
    logins: "LoginList"
    notices: "NoticeBar"
    banner: "StoreBanner"
    no_engine: "NoEngine"
    drop: "FileDrop"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._painted = False
        self._panes: Panes | None = None
        self.commands = Commands(self)
        self.engines = EngineMenu(self)
        self.filter = FilterField()
        self.views = ViewList()
        self.sidebar = Sidebar(self.views)
        self.images = ImageList(library)
        self.status = StatusLine()
        self._place_parts()
        self._connect_list()
        self.setWindowTitle(title(library.connection))

    def furnish(self, runner: JobRunner) -> Iterator[None]:
        """Make the parts that the first picture can do without, a few at a time."""
        from layerhold.dialogs.file_drop import FileDrop
        from layerhold.views.activity import Activity
        from layerhold.views.details.pane import ImageDetails
        from layerhold.views.no_engine import NoEngine

        self.filter.furnish()
        yield
        self.details = ImageDetails(self._library)
        yield
        self._work.show_details(self.details)
        yield
        yield from self.sidebar.furnish(self.commands.add_folder, self.commands.log_in)
        self.shelf, self.engine_list = self.sidebar.shelf, self.sidebar.engines
        self.logins = self.sidebar.logins
        self.activity = Activity(runner)
        yield
        self._furnish_lines()
        self._column.addWidget(self.activity)
        yield
        self.no_engine = NoEngine()
        self._stack.addWidget(self.no_engine)
        self.drop = FileDrop(runner, self, self.commands.load.isEnabled, builds=True)
        self._connect_parts()
        self.show_connection()

    def _furnish_lines(self) -> None:
        from layerhold.views.notice_bar import NoticeBar
        from layerhold.views.store_banner import StoreBanner

        self.notices = NoticeBar()
        self.notices.confirmed.connect(self.status.confirm)
        self._work.show_notices(self.notices)
        self.banner = StoreBanner(self.commands.ways_on)
        self._work.show_banner(self.banner)

    def _place_parts(self) -> None:
        commands = self.commands
        menus.fill(self.menuBar(), commands, self.engines)
        self.images.set_menu(commands.image_actions())
        frequent = [
            commands.pull,
            commands.push,
            commands.build,
            commands.load,
            commands.save,
            commands.tag,
            commands.remove,
            commands.prune,
        ]
        self._toolbar = Toolbar(self.engines, frequent, self.filter)
        self.addToolBar(self._toolbar)
        body = QWidget()
        self.setCentralWidget(body)
        self._stack = QStackedWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, stretch=1)
        self._work = Workplace(self.sidebar, self.images, self._stack)
        self._stack.addWidget(self._work)
        self.setStatusBar(self.status)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self.images.tree.setFocus()

    def _connect_list(self) -> None:
        images, views, search = self.images, self.views, self.filter
        self.commands.find.triggered.connect(search.seek)
        search.textChanged.connect(images.set_filter)
        search.list_wanted.connect(images.enter)
        images.filter_judged.connect(search.show_problem)
        images.filter_removal_wanted.connect(search.clear)
        views.view_chosen.connect(images.set_view)
        images.counts_changed.connect(views.show_counts)
        images.view_wanted.connect(views.choose)
        images.removal_wanted.connect(self.commands.remove.trigger)
        images.pull_wanted.connect(self.commands.pull.trigger)
        images.tree.viewport().installEventFilter(self)

    def _order_parts(self) -> None:
        from layerhold.views.panes import Panes

        parts = (self.sidebar, self.banner, self.images, self.notices, self.details)
        self._panes = Panes(self, [self._toolbar], [*parts, self.no_engine, self.activity])
        panes, commands = self._panes, self.commands
        commands.next_pane.triggered.connect(lambda: panes.jump(forwards=True))
        commands.previous_pane.triggered.connect(lambda: panes.jump(forwards=False))
        self.images.tree.details_wanted.connect(lambda: commands.details.setChecked(True))
        self.images.tree.details_wanted.connect(lambda: panes.enter(self.details))

    def focusNextPrevChild(self, forwards: bool) -> bool:
        if self._panes and self._panes.step(forwards=forwards):
            return True
        return super().focusNextPrevChild(forwards)

    def _connect_parts(self) -> None:
        for switch, part in self._switched():
            switch.setChecked(True)
            switch.toggled.connect(part.setVisible)
        self._order_parts()
        self.details.container_changed.connect(self.commands.containers.choose)
        self._library.connection_changed.connect(self.show_connection)

    def _switched(self) -> tuple[tuple[QAction, QWidget], ...]:
        commands = self.commands
        switches = commands.sidebar, commands.details, commands.activity
        return tuple(zip(switches, (self.sidebar, self.details, self.activity), strict=True))

    def show_connection(self) -> None:
        """Say in the title how we stand; without any engine, say what to do about it."""
        connection = self._library.connection
        self.setWindowTitle(title(connection))
        none = connection.phase is Phase.NONE
        if none:
            self.no_engine.show_connection(connection)
        shown = self.no_engine if none else self._work
        if self._stack.currentWidget() is not shown:
            self._stack.setCurrentWidget(shown)
            self._place_notices(none=none)
            (self.no_engine if none else self.images.tree).setFocus()
        self.status.setVisible(not none)
        self.status.show_as_of(connection.as_of)
        self.engines.tick(connection.endpoint, connection.about)
        self.engine_list.mark(connection.endpoint, connection.about)
        self.banner.show_connection(connection)
        self.views.show_engine(connection.about)

    def _place_notices(self, *, none: bool) -> None:
        if none:
            self._column.insertWidget(self._column.indexOf(self._stack) + 1, self.notices)
        else:
            self._work.show_notices(self.notices)

    def show_image(self, image_id: str) -> None:
        """Go to an image, for which a view or a filter that hides it is left."""
        if not self.images.select(image_id):
            self.filter.clear()
            self.views.choose(View.ALL)
            self.images.select(image_id)
        self.images.tree.setFocus()

    def restore(self, layout: Layout) -> None:
        """Put what the first picture shows where it was."""
        self.restoreGeometry(layout.state("window"))
        self._work.restore(layout.state("across"), layout.state("down"))
        self.images.restore(layout.state("images"))

    def restore_rest(self, layout: Layout) -> None:
        """Put what `furnish` made where it was."""
        self.details.restore(layout.state("details"))
        for switch, part in self._switched():
            switch.setChecked(layout.shown(part.accessibleName()))

    def keep(self, layout: Layout) -> None:
        """Remember where everything is."""
        parts = {"window": self.saveGeometry(), "images": self.images.state()}
        parts["details"] = self.details.state()
        shown = {part.accessibleName(): switch.isChecked() for switch, part in self._switched()}
        layout.keep(parts | self._work.states(), shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_wanted.emit(event)
