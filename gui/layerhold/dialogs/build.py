"""What to build, how it is to be called, and what would be sent for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QTabWidget, QVBoxLayout, QWidget

from layerhold.dialogs.argument_table import ArgumentTable
from layerhold.dialogs.build_look import BuildLook
from layerhold.dialogs.build_options import BuildOptions
from layerhold.dialogs.build_place_field import BuildPlaceField
from layerhold.dialogs.build_problem import BuildProblem
from layerhold.dialogs.context_view import ContextView
from layerhold.dialogs.secret_field import SecretField
from layerhold.dialogs.sentences import headline, note
from layerhold.dialogs.tags_field import TagsField
from layerhold.dialogs.verb_dialog import VerbDialog
from layerhold.domain.builders import Limit
from layerhold.domain.building import BuildWish
from layerhold.engine.about import About
from layerhold.jobs.build_place import PlaceSeen
from layerhold.jobs.building import Workshop
from layerhold.jobs.job import Job
from layerhold.jobs.runner import JobRunner
from layerhold.library import Library
from layerhold.wording import builders, explain

SIZE = (640, 720)


@dataclass(frozen=True, slots=True)
class BuildTools:
    """What the dialog can have done."""

    runner: JobRunner
    look_around: Callable[[], Job]
    """Find out in the background for a `Workshop` what builds there."""


class BuildDialog(VerbDialog):
    """Open at once; builder, Dockerfile and context are told as they become known."""

    def __init__(
        self,
        parent: QWidget | None,
        library: Library,
        about: About,
        tools: BuildTools,
        folders: Sequence[str] = (),
        path: Path | None = None,
    ) -> None:
        super().__init__(parent, self.tr("Build image"), self.tr("&Build"))
        self.workshop: Workshop | None = None
        self.look = BuildLook(tools.runner, self)
        self.place = BuildPlaceField(folders)
        self.problem, self.builder = BuildProblem(self.look), note()
        self.tags = TagsField(self.tr("&Tags"), library)
        self.target = QComboBox()
        self.context, self.arguments = ContextView(self.look), ArgumentTable()
        self.secrets, self.options = SecretField(), BuildOptions(about.platform)
        self.tabs = QTabWidget()
        self._place()
        self._connect()
        self._around = tools.look_around()
        self._around.succeeded.connect(self._meet_builder)
        self._around.failed.connect(self._miss_builder)
        if path:
            self.place.show_path(path)
        self._look(now=True)
        (self.tags if self.place.path else self.place.folder).setFocus()
        self.resize(*SIZE)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        library: Library,
        about: About,
        tools: BuildTools,
        folders: Sequence[str] = (),
        path: Path | None = None,
    ) -> BuildWish | None:
        """What to build, or `None` if the user changed their mind."""
        dialog = cls(parent, library, about, tools, folders, path)
        return dialog.wish if dialog.confirmed() else None

    @property
    def wish(self) -> BuildWish | None:
        """What is wished now, while it is right."""
        seen, summary, workshop = self.look.seen, self.look.summary, self.workshop
        ready = seen and summary and self.problem.reason is None and self._is_right()
        if not (ready and seen and summary and workshop and workshop.choice.builder):
            return None
        options = self.options
        return BuildWish(
            seen.place.folder,
            workshop.choice.builder,
            seen.place.dockerfile,
            tuple(each.familiar for each in self.tags.references),
            self.target.currentData() or "",
            self.arguments.arguments,
            self.secrets.secrets,
            options.labels.value or {},
            no_cache=options.no_cache.isChecked(),
            cache_from=options.cache_from.value or (),
            always_pull=options.always_pull.isChecked(),
            network=options.network.currentData() or "",
            platform=options.platform.currentData() or "",
            expected_bytes=summary.bytes,
        )

    def done(self, result: int) -> None:
        """Look at nothing any more."""
        self.look.stop()
        self._around.cancel()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.place.show_path(Path(paths[0]))

    def _place(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("Tar&get"), self.target)
        readable = note(self.tr("They stay readable in the image, and are no place for secrets."))
        for page, title in (
            (self.context, self.tr("Conte&xt")),
            (_page(self.arguments, readable), self.tr("&Arguments")),
            (self.secrets, self.tr("&Secrets")),
            (self.options, self.tr("&Options")),
        ):
            self.tabs.addTab(page, title)
        self.body.addWidget(headline(self.tr("Build an image from a Dockerfile")))
        for widget in (self.place, self.problem, self.tags):
            self.body.addWidget(widget)
        self.body.addLayout(form)
        self.body.addWidget(self.tabs, stretch=1)
        self.body.addWidget(self.builder)
        self.builder.setText(self.tr("Looking which builder there is…"))
        self.secrets.allow()

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.tabs.setAccessibleName(self.tr("Build options"))
        self.target.setAccessibleName(self.tr("Target"))
        self.target.setToolTip(self.tr("The stage to build; what no other stage needs is left out"))
        self.place.changed.connect(self._look)
        self.context.again_wanted.connect(self.look.look_again)
        self.look.begun.connect(self._follow)
        self.look.place_seen.connect(self._show_dockerfile)
        self.look.summed.connect(self._follow)
        for part in (self.tags, self.arguments, self.secrets, self.options):
            part.changed.connect(self._follow)
        self._offer_targets(())

    def _look(self, *, now: bool = False) -> None:
        self.look.look_at(self.place.path, self.place.named, now=now)

    def _show_dockerfile(self, seen: PlaceSeen) -> None:
        self.place.show_seen(seen)
        self._offer_targets(seen.dockerfile.targets)
        self.arguments.offer(seen.dockerfile.arguments)
        self._follow()

    def _offer_targets(self, targets: Sequence[str]) -> None:
        chosen = self.target.currentData()
        self.target.clear()
        self.target.addItem(self.tr("The last stage"), "")
        for each in targets:
            self.target.addItem(each, each)
        self.target.setCurrentIndex(max(0, self.target.findData(chosen)))
        self.target.setEnabled(bool(targets))

    def _meet_builder(self, workshop: Workshop) -> None:
        self.workshop = workshop
        choice = workshop.choice
        networks = [network.name for network in workshop.networks]
        self.options.offer_networks(networks, choice.builder)
        self.secrets.allow(builders.no_secrets() if Limit.SECRETS in choice.limits else "")
        self.context.show_limits(choice.limits)
        self.problem.show_limits(choice.limits)
        said = (builders.builder(choice), *builders.limits(choice), builders.way_on(choice))
        self.builder.setText(" ".join(each for each in said if each))
        self._follow()

    def _miss_builder(self, error: Exception) -> None:
        self.builder.setText(explain(error).what)

    def _follow(self) -> None:
        self.problem.follow()
        self.allow(None if self.wish else self._reason())

    def _is_right(self) -> bool:
        fields = (self.tags, self.secrets, self.options)
        return all(field.is_right for field in fields) and self.arguments.problem is None

    def _reason(self) -> str:
        """Why it cannot be built yet; what is said elsewhere already is not said again."""
        if self.place.path is None:
            return self.tr("Choose a folder or a Dockerfile.")
        if self.arguments.problem:
            return explain(self.arguments.problem).what
        if not self._is_right():
            return self._where_wrong()
        return self.problem.reason or ""

    def _where_wrong(self) -> str:
        """Only one tab is in sight."""
        text = self.tr("Something under {tab} is not right yet.")
        for page in (self.secrets, self.options):
            if not page.is_right:
                tab = self.tabs.tabText(self.tabs.indexOf(page)).replace("&", "")
                return text.replace("{tab}", tab)
        return self.tr("Something above is not right yet.")


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return page
