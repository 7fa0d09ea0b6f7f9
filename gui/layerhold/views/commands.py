"""Everything the user can do, as Qt actions, for menus, toolbar and context menus."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from layerhold import resources
from layerhold.engine.about import About
from layerhold.views.abilities import Abilities
from layerhold.views.container_commands import ContainerCommands
from layerhold.views.selection import Selection
from layerhold.wording.abilities import Ability


class Commands(QObject):
    """The actions, by name; who listens to them is decided in `application`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._make_moves()
        self._make_changes()
        self._make_copies()
        self._make_switches()
        self._make_program()
        self.containers = ContainerCommands(window)
        self._abilities = Abilities(
            {self.run: Ability.RUN, self.build: Ability.BUILD, self.import_: Ability.IMPORT}
        )
        self.allow(Selection(), connected=False)

    def image_actions(self) -> list[QAction]:
        """What can be done to a selection of images, for menus."""
        return [
            self.run,
            self._line(),
            self.push,
            self.save,
            self.tag,
            self.untag,
            self._line(),
            *self.copies,
            self._line(),
            self.remove,
        ]

    @property
    def ways_on(self) -> list[QAction]:
        """What to begin with where no engine answers."""
        return [self.pull, self.load, self.start_podman, self.install]

    def allow(self, selection: Selection, *, connected: bool, about: About | None = None) -> None:
        """Enable what makes sense for the selection and the engine; say why the rest does not."""
        targets, one_tag = selection.targets, selection.tag is not None
        one_image = len({target.image_id for target in targets}) == 1
        self.pull.setEnabled(connected)
        self.push.setEnabled(connected and one_image)
        self.save.setEnabled(connected and bool(targets))
        self.load.setEnabled(connected)
        self.import_.setEnabled(connected)
        self.build.setEnabled(connected)
        self.run.setEnabled(connected and one_image)
        self.tag.setEnabled(connected and one_image)
        self.untag.setEnabled(connected and one_tag)
        self.remove.setEnabled(connected and bool(targets))
        self.prune.setEnabled(connected)
        for copy in self.copies:
            copy.setEnabled(bool(targets))
        self._allow_copies(selection)
        self._abilities.follow(about)
        self.containers.allow(connected=connected, about=about)

    def _make_moves(self) -> None:
        self.pull = self._add(self.tr("P&ull…"), "pull", "Ctrl+P")
        self.pull.setToolTip(self.tr("Bring an image from a registry"))
        self.push = self._add(self.tr("Pu&sh…"), "push", "Ctrl+Shift+U")
        self.push.setToolTip(self.tr("Bring the selected image to a registry"))
        self.save = self._add(self.tr("Sa&ve…"), "save", "Ctrl+S")
        self.save.setToolTip(self.tr("Save what is selected to archives"))
        self.build = self._add(self.tr("&Build…"), "build", "Ctrl+Shift+B")
        self.build.setToolTip(self.tr("Build an image from a Dockerfile"))
        self.load = self._add(self.tr("&Load…"), "load", "Ctrl+O")
        self.load.setToolTip(self.tr("Show what is in archives, and load images from them"))
        self.import_ = self._add(self.tr("Imp&ort…"), "", "Ctrl+Shift+O")
        self.import_.setToolTip(self.tr("Make an image of a root file system"))
        self.add_folder = self._add(self.tr("&Add a folder…"), "folder", "Ctrl+Shift+A")
        self.add_folder.setToolTip(self.tr("Keep a folder of archives in the sidebar"))
        self.run = self._add(self.tr("Ru&n…"), "running", "Ctrl+Shift+R")
        self.run.setToolTip(self.tr("Run a container of the selected image"))
        self.log_in = self._add(self.tr("Log &in…"), "login", "")
        self.log_in.setToolTip(self.tr("Tell a registry who you are"))
        self.log_out = self._add(self.tr("Log &out…"), "", "")
        self.log_out.setToolTip(self.tr("Forget the login that is selected in the sidebar"))
        self.log_out.setEnabled(False)
        self.trust = self._add(self.tr("Trust a &registry…"), "", "")
        self.trust.setToolTip(
            self.tr("Say which certificates count where Layerhold asks a registry itself")
        )

    def _allow_copies(self, selection: Selection) -> None:
        has_digest, can_be_pulled = selection.has_digest, selection.can_be_pulled
        self.copy_digest.setEnabled(has_digest)
        self.copy_digest.setToolTip(
            self.tr("Copy what the registry calls the content of the image")
            if has_digest or not selection.targets
            else self.tr("No registry has told a digest of what is selected")
        )
        self.copy_pull_command.setEnabled(can_be_pulled)
        self.copy_pull_command.setToolTip(
            self.tr("Copy the command that brings the image to another machine")
            if can_be_pulled or not selection.targets
            else self.tr("What is selected has no name by which a registry could have it")
        )

    def _make_changes(self) -> None:
        self.tag = self._add(self.tr("&Tag…"), "tag", "Ctrl+T")
        self.tag.setShortcuts([self.tag.shortcut(), QKeySequence("F2")])
        self.tag.setToolTip(self.tr("Give the selected image another tag"))
        self.untag = self._add(self.tr("Unta&g…"), "untag", "Ctrl+U")
        self.untag.setToolTip(self.tr("Take the selected tag from its image"))
        self.remove = self._add(self.tr("&Remove…"), "remove", QKeySequence.StandardKey.Delete)
        self.remove.setToolTip(self.tr("Show what removing the selection would do"))
        self.prune = self._add(self.tr("&Prune…"), "prune", "Ctrl+Shift+P")
        self.prune.setToolTip(self.tr("Show which unused images could go"))
        self.refresh = self._add(self.tr("Refres&h"), "refresh", QKeySequence.StandardKey.Refresh)
        self.refresh.setToolTip(self.tr("Ask the engine again what it holds"))

    def _make_copies(self) -> None:
        self.copy_reference = self._add(self.tr("Copy re&ference"), "copy", "Ctrl+C")
        self.copy_reference.setToolTip(self.tr("Copy the names of what is selected"))
        self.copy_id = self._add(self.tr("Copy &ID"), "", "Ctrl+Shift+C")
        self.copy_id.setToolTip(self.tr("Copy the IDs of the selected images"))
        self.copy_digest = self._add(self.tr("Copy &digest"), "", "Ctrl+Alt+C")
        self.copy_pull_command = self._add(self.tr("Copy pull &command"), "", "Ctrl+Shift+L")
        self.copies = (
            self.copy_reference,
            self.copy_id,
            self.copy_digest,
            self.copy_pull_command,
        )

    def _make_switches(self) -> None:
        self.intermediate = self._switch(self.tr("&Intermediate images"), "Ctrl+I")
        self.intermediate.setToolTip(
            self.tr("Show the untagged steps of builds too, as docker images --all does")
        )
        self.sidebar = self._switch(self.tr("&Sidebar"), "Ctrl+B")
        self.details = self._switch(self.tr("&Details"), "Ctrl+D")
        self.activity = self._switch(self.tr("&Activity"), "Ctrl+J")
        self.sidebar.setToolTip(self.tr("Show views, archives, engines and logins at the left"))
        self.details.setToolTip(self.tr("Show what the selected image is made of"))
        self.activity.setToolTip(self.tr("Show the background jobs at the bottom"))
        self.next_pane = self._add(self.tr("&Next pane"), "", "F6")
        self.next_pane.setToolTip(self.tr("Take the keyboard to the next part of the window"))
        self.previous_pane = self._add(self.tr("&Previous pane"), "", "Shift+F6")
        self.previous_pane.setToolTip(self.tr("Take the keyboard to the part before"))

    def _make_program(self) -> None:
        self.find = self._add(self.tr("&Filter images"), "search", QKeySequence.StandardKey.Find)
        self.find.setToolTip(self.tr("Type what the images in the list shall match"))
        self.look_again = self._add(self.tr("&Look for engines again"), "refresh", "Ctrl+L")
        self.look_again.setToolTip(self.tr("Try every known place, as when Layerhold starts"))
        self.start_podman = self._add(self.tr("&Start Podman"), "running", "")
        self.start_podman.setToolTip(
            self.tr("Have Podman answer while Layerhold runs; it is ended with it")
        )
        self.install = self._add(self.tr("&Install an engine…"), "", "")
        self.install.setToolTip(self.tr("Show how to get Podman or Docker"))
        self.preferences = self._add(self.tr("Pr&eferences…"), "settings", "Ctrl+,")
        self.preferences.setToolTip(self.tr("Choose the theme and how Layerhold works"))
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit = self._add(self.tr("&Quit"), "", "Ctrl+Q")
        self.quit.setToolTip(self.tr("Close the window; running jobs are asked about"))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.about = self._add(self.tr("&About Layerhold"), "info", "")
        self.about.setToolTip(self.tr("Show the versions of Layerhold and of the engine"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.log_folder = self._add(self.tr("Open the &log folder"), "", "")
        self.log_folder.setToolTip(self.tr("Show where Layerhold writes what went wrong"))

    def _add(self, text: str, icon: str, shortcut: str | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self._window)
        if icon:
            action.setIcon(resources.icon(icon))
        action.setShortcut(QKeySequence(shortcut))
        self._window.addAction(action)
        return action

    def _switch(self, text: str, shortcut: str) -> QAction:
        action = self._add(text, "", shortcut)
        action.setCheckable(True)
        return action

    def _line(self) -> QAction:
        line = QAction(self._window)
        line.setSeparator(True)
        return line
