"""What loading archives would do, before anything is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from layerhold.colours import colours
from layerhold.dialogs.file_drop import FileDrop
from layerhold.dialogs.load_draft import LoadDraft, LoadWish
from layerhold.dialogs.load_progress import LoadProgress
from layerhold.dialogs.load_view import LoadView
from layerhold.dialogs.sentences import headline, note, sentence
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.engine.about import Caps
from layerhold.jobs.runner import JobRunner
from layerhold.library import Library
from layerhold.models.load_tree import WHAT, LoadTree
from layerhold.planning.load_plan import LoadPlan
from layerhold.planning.load_wishes import Wishes
from layerhold.wording import loading

SIZE = (1060, 580)
FEW = 8
"""Archives with no more images are shown with the tags of each."""


@dataclass(frozen=True, slots=True)
class LoadTools:
    """What the dialog can have done."""

    runner: JobRunner
    import_file_system: Callable[[Path], bool]
    """Ask how to import a root file system; whether it is being done."""


class LoadDialog(VerbDialog):
    """Open at once; the plan comes as the files are looked into, and follows the engine."""

    def __init__(
        self,
        parent: QWidget | None,
        library: Library,
        tools: LoadTools,
        paths: Sequence[Path] = (),
        wishes: Wishes | None = None,
    ) -> None:
        super().__init__(parent, self.tr("Load images"), self.tr("&Load"))
        about = library.connection.about
        self._tools = tools
        self._shown: set[int] = set()
        """Archives that were opened for the user to see into."""
        self.draft = LoadDraft(tools.runner, library, wishes, self)
        self.model = LoadTree(about.caps if about else Caps(), self)
        self.headline, self.warning = headline(), sentence()
        self.view, self.progress = LoadView(self.model), LoadProgress()
        self.problem = sentence()
        self.add_files = QPushButton(self.tr("Add &files…"))
        self.add_folder = QPushButton(self.tr("Add f&older…"))
        self.rename = QPushButton(self.tr("Re&name tag"))
        self.import_one = QPushButton(self.tr("&Import…"))
        self._place()
        self._connect()
        self.draft.add(paths)
        self._follow()
        (self.view if paths else self.add_files).setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        library: Library,
        tools: LoadTools,
        paths: Sequence[Path] = (),
        wishes: Wishes | None = None,
    ) -> LoadWish | None:
        """What to load, or `None` if the user changed their mind."""
        dialog = cls(parent, library, tools, paths, wishes)
        return dialog.draft.wish if dialog.confirmed() else None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will be known unless the user does something."""
        return not self.draft.paths or self.draft.current

    def done(self, result: int) -> None:
        """Look at no file any more."""
        self.draft.end()
        super().done(result)

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.add_files, self.add_folder, self.rename, self.import_one):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        self.hint = note(
            self.tr("What is not ticked is not sent. F2 gives a tag another name before it comes.")
        )
        self.body.addWidget(self.headline)
        self.body.addWidget(self.warning)
        self.body.addWidget(self.view, stretch=1)
        self.body.addWidget(self.problem)
        self.body.addLayout(row)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.hint)
        for label in (self.warning, self.problem):
            label.hide()
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.headline.setAccessibleName(self.tr("What will happen"))
        self.add_files.setToolTip(self.tr("Look into more archives"))
        self.add_folder.setToolTip(self.tr("Look into a folder that is an OCI layout"))
        self.rename.setToolTip(self.tr("Load the tag under another name (F2)"))
        self.import_one.setToolTip(self.tr("Make an image of a root file system"))
        self.add_files.clicked.connect(self._choose_files)
        self.add_folder.clicked.connect(self._choose_folder)
        self.rename.clicked.connect(self.view.edit_name)
        self.import_one.clicked.connect(self._import)
        FileDrop(self._tools.runner, self, lambda: True).dropped.connect(self.draft.add)
        self.progress.stop_wanted.connect(self.draft.stop_looking)
        self.view.names.problem_changed.connect(self._show_problem)
        self.view.selectionModel().currentChanged.connect(self._allow_buttons)
        self._connect_draft()

    def _connect_draft(self) -> None:
        draft, model = self.draft, self.model
        model.tick_wanted.connect(lambda spots, ticked: draft.tick(spots, ticked=ticked))
        model.archive_tick_wanted.connect(lambda at, ticked: draft.tick_archive(at, ticked=ticked))
        model.rename_wanted.connect(draft.rename)
        draft.looked.connect(self._follow)
        draft.progressed.connect(self.progress.show_progress)
        draft.outdated.connect(lambda: self.allow(""))
        draft.planned.connect(self._show)

    def _follow(self) -> None:
        """Show what is known of the files."""
        draft = self.draft
        self.model.show_files(draft.paths, draft.found, looking=draft.looking)
        self.progress.setVisible(draft.looking and self.progress.isVisible())
        if not draft.paths:
            self.headline.setText(self.tr("Choose archives to load, or drop them here"))
            self.allow("")
        elif not draft.current:
            self.headline.setText(self.tr("Looking into the archives…"))
        self._allow_buttons()

    def _show(self, plan: LoadPlan) -> None:
        self.model.show_plan(plan)
        self._open_new()
        if self.draft.looking:
            return
        self.headline.setText(loading.plan(plan))
        self._warn(plan)
        self.allow(self._why_not(plan), careful=bool(plan.moving))
        self._allow_buttons()

    def _warn(self, plan: LoadPlan) -> None:
        """About what may be far down in the list."""
        useless = sum(isinstance(found, ArchiveFailure) for found in self.draft.found)
        useless += sum(not archive.usable for archive in plan.archives if archive)
        several = len(self.draft.found) > 1
        said = (loading.moving(plan), loading.useless(useless) if several else "")
        self.warning.setText(" ".join(filter(None, said)))
        self.warning.setVisible(any(said))
        self.warning.setStyleSheet(f"color: {colours().care}")

    def _why_not(self, plan: LoadPlan) -> str | None:
        if plan.ticked:
            return None
        if any(archive and archive.usable for archive in plan.archives):
            return self.tr("No image is ticked.")
        if self._file_systems():
            return self.tr("There is no image here, but something to import.")
        return self.tr("There is no image here that could be loaded.")

    def _open_new(self) -> None:
        """Show what is in an archive that has just been looked into."""
        for at, found in enumerate(self.draft.found):
            plan, index = self.draft.archive(at), self.model.index(at, WHAT)
            if at in self._shown or not (plan or isinstance(found, ArchiveFailure)):
                continue
            self._shown.add(at)
            self.view.expand(index)
            for number in range(len(plan.images) if plan and len(plan.images) <= FEW else 0):
                self.view.expand(self.model.index(number, WHAT, index))
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, WHAT))

    def _allow_buttons(self) -> None:
        index = self.view.currentIndex()
        self.rename.setEnabled(self.model.is_tag(index))
        self.import_one.setVisible(bool(self._file_systems()))

    def _file_systems(self) -> list[Path]:
        return [
            path
            for path, found in zip(self.draft.paths, self.draft.found, strict=True)
            if isinstance(found, ArchiveFailure) and found.fault is ArchiveFault.FILE_SYSTEM
        ]

    def _import(self) -> None:
        """The one that is current, or else the first; nothing else may be left to do here."""
        there = self._file_systems()
        index = self.view.currentIndex()
        current = self.draft.paths[self.model.spot(index).archive] if index.isValid() else there[0]
        chosen = current if current in there else there[0]
        if self._tools.import_file_system(chosen) and not any(self.draft.plan.archives):
            self.reject()

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.problem.setStyleSheet(f"color: {colours().danger}")

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Archives to load"))
        self.draft.add(map(Path, chosen))

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("OCI layout to load")):
            self.draft.add([Path(chosen)])
