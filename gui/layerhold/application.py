"""Build every long-lived object once and connect them: the only file that knows them all."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices

from layerhold import logs, theme, wishes, wording
from layerhold.actions import copying, loading_images, saving
from layerhold.actions.describing import Describer
from layerhold.actions.desk import Desk
from layerhold.actions.following import Follower
from layerhold.actions.keeping_shelves import ShelfKeeper
from layerhold.actions.listing_logins import LoginLister
from layerhold.actions.preferring import prefer
from layerhold.actions.promising import Promiser
from layerhold.actions.starting_podman import PodmanStarter
from layerhold.actions.telling import Teller
from layerhold.dialogs.about import AboutDialog
from layerhold.dialogs.install import InstallDialog
from layerhold.dialogs.quit import QuitDialog
from layerhold.engine import connect
from layerhold.engine.api import Engine
from layerhold.jobs.lane import Lane
from layerhold.planning.sharing import Bytes, Certainty, total
from layerhold.planning.targets import Target
from layerhold.registry.credentials import credentials
from layerhold.settings import Layout, Settings
from layerhold.startup import Startup
from layerhold.views.selection import Selection, weigh

Copy = Callable[[Desk, Sequence[Target]], None]


class Application(QObject):
    """The program while it runs, from when the window has been painted."""

    def __init__(self, startup: Startup) -> None:
        super().__init__(startup)
        self.app, self._options = startup.app, startup.options
        self._store, self._settings = startup.store, startup.settings
        self.runner, self.library, self.window = startup.runner, startup.library, startup.window
        self._build()
        self._connect_engine()
        self._connect_selection()
        self._connect_details()
        self._connect_logins()
        self._connect_shelves()
        self._connect_program()
        wishes.connect(self.window, self.desk, lambda: self.selection)
        self.window.restore_rest(Layout(self._store))
        self._select(self.window.images.selected_targets())
        self._count()

    def begin(self) -> None:
        """Start to look at the engine, and at the logins."""
        if self._options.files and not self._options.screenshot:
            self.follower.listed.connect(self.open_files, Qt.ConnectionType.SingleShotConnection)
        self.follower.seek()
        self._lister.look()
        self.keeper.look()
        self.promiser.sweep()

    def open_files(self) -> None:
        """Ask what to load of the files on the command line, or what to build."""
        self.window.drop.take(tuple(Path(file).absolute() for file in self._options.files))

    def load_files(self) -> None:
        """Ask what to load of the files on the command line."""
        loading_images.load(self.desk, map(Path, self._options.files))

    def _build(self) -> None:
        self.follower = Follower(self.library, self.runner, self._look, self)
        window, refresh = self.window, self.follower.refresh
        logins = credentials(os.environ, Path.home())
        self._transfers = Lane(self._settings.transfers, self)
        self.desk = Desk(
            self.library,
            self.runner,
            window,
            window.notices,
            refresh,
            self._settings,
            self._change_settings,
            logins,
            self._transfers,
        )
        self.desk.show_job = window.activity.show_job
        self.desk.show_image = window.show_image
        self.desk.selected, self.desk.select_image = self._selected, window.images.select
        self.describer = Describer(self.desk, self)
        self.follower.mind(self.describer.reading)
        self._lister = LoginLister(self.desk, self)
        self.keeper = ShelfKeeper(self.desk, self)
        self.promiser = Promiser(self.desk, self)
        self.selection = Selection()
        self._teller = Teller(self.library, window.notices, refresh, self)

    def _look(self) -> connect.Found:
        return connect.look(self._options.choice, os.environ, Path.home())

    def _connect_engine(self) -> None:
        window, follower = self.window, self.follower
        follower.engine_changed.connect(self._use)
        self._podman = PodmanStarter(self.desk, window.commands.start_podman, follower.switch, self)
        follower.engines_asked.connect(self._podman.offer)
        self.app.aboutToQuit.connect(self._podman.stop)
        wishes.connect_engines(window, self.desk, follower)
        follower.listed.connect(follower.find_engines, Qt.ConnectionType.SingleShotConnection)
        window.no_engine.look_again_wanted.connect(follower.seek)
        window.commands.look_again.triggered.connect(follower.seek)
        window.commands.refresh.triggered.connect(follower.refresh)

    def _connect_selection(self) -> None:
        images, library = self.window.images, self.library
        images.selection_changed.connect(self._select)
        images.shown_changed.connect(self._count)
        self.follower.usage_read.connect(self._count)
        # In a turn of its own, since the rows come first.
        self._weighing = QTimer(self, singleShot=True, interval=0)
        self._weighing.timeout.connect(self._weigh_again)
        for changed in (library.images_changed, library.figures_changed):
            changed.connect(self._weighing.start)

    def _connect_details(self) -> None:
        details = self.window.details
        details.description_wanted.connect(self.describer.describe)
        self.describer.described.connect(details.show_description)
        self.describer.failed.connect(self._show_failure)
        details.image_wanted.connect(self.window.images.select)
        details.address_wanted.connect(QDesktopServices.openUrl)
        details.saving_wanted.connect(partial(saving.save, self.desk))
        details.copied.connect(self._tell_copied)

    def _connect_logins(self) -> None:
        logins = self.window.logins
        self._lister.listed.connect(lambda listing: logins.show_logins(listing.logins))
        self.desk.look_at_logins = self._lister.look
        self.window.commands.refresh.triggered.connect(self._lister.look)

    def _connect_shelves(self) -> None:
        shelf, keeper, commands = self.window.shelf, self.keeper, self.window.commands
        keeper.looked.connect(shelf.show_shelves)
        commands.add_folder.triggered.connect(keeper.ask)
        commands.refresh.triggered.connect(keeper.look)
        shelf.list.removal_wanted.connect(keeper.remove)
        self.window.images.tree.promises = self.promiser.promise

    def _connect_program(self) -> None:
        window, commands = self.window, self.window.commands
        for command, copy in (
            (commands.copy_reference, copying.references),
            (commands.copy_id, copying.ids),
            (commands.copy_digest, copying.digests),
            (commands.copy_pull_command, copying.pull_commands),
        ):
            command.triggered.connect(partial(self._copy, copy))
        commands.intermediate.toggled.connect(window.images.show_intermediate)
        commands.preferences.triggered.connect(lambda: prefer(self.desk, self.follower))
        commands.about.triggered.connect(self._tell_about)
        commands.install.triggered.connect(lambda: InstallDialog.ask(window))
        commands.log_folder.triggered.connect(self._open_logs)
        commands.quit.triggered.connect(window.close)
        window.close_wanted.connect(self._close)

    def _use(self, engine: Engine | None) -> None:
        self.desk.engine = engine
        self._select(self.selection.targets)
        if engine and (image_id := self.selection.image_id):
            self.describer.describe(image_id)

    def _select(self, targets: tuple[Target, ...]) -> None:
        window = self.window
        self.selection = weigh(self.library, targets)
        engine = self.desk.engine
        about = engine.about if engine else self.library.connection.about
        window.commands.allow(self.selection, connected=engine is not None, about=about)
        window.status.show_selection(self.selection)
        image_id = self.selection.image_id
        window.details.show_image(image_id or None)
        if self.selection.images > 1:
            window.details.show_selection(window.status.selection_text)
        if image_id:
            self.follower.put_first(image_id)

    def _selected(self) -> tuple[Target, ...]:
        return self.selection.targets

    def _weigh_again(self) -> None:
        self._select(self.selection.targets)
        if self.library.usage.images is None:
            self._count()

    def _count(self) -> None:
        images = self.window.images
        self.window.status.show_images(images.shown, images.total, self._on_disk())

    def _on_disk(self) -> Bytes | None:
        """What the engine says, or the layers of all images where it does not know (Podman 4)."""
        library = self.library
        if library.usage.images is not None:
            return Bytes(library.usage.images)
        if self.follower.usage_is_read and library.images.keys() <= library.anatomies.keys():
            return Bytes(total(library.anatomies), Certainty.ABOUT)
        return None

    def _tell_copied(self, what: str) -> None:
        self.window.notices.confirm(self.tr("Copied {what}.").replace("{what}", what.lower()))

    def _show_failure(self, image_id: str, error: Exception) -> None:
        said = wording.explain(error)
        self.window.details.show_failure(image_id, said.what, said.hint)

    def _change_settings(self, chosen: Settings) -> None:
        self._settings = self.desk.settings = chosen
        chosen.save(self._store)
        theme.apply(self.app, chosen.theme)
        self._transfers.widen(chosen.transfers)
        self.window.commands.intermediate.setChecked(chosen.show_intermediate)

    def _tell_about(self) -> None:
        AboutDialog.ask(self.window, self.library.connection.about)

    def _copy(self, copy: Copy, _checked: bool = False) -> None:
        copy(self.desk, self.selection.targets)

    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs.folder())))

    def _close(self, event: QCloseEvent) -> None:
        busy = [job for job in self.runner.running if not job.quiet]
        if busy and not QuitDialog.ask(self.window, len(busy)):
            event.ignore()
            return
        self.follower.leave()
        self.runner.cancel_all()
        self.window.keep(Layout(self._store))
        self._store.sync()
        self.app.quit()
