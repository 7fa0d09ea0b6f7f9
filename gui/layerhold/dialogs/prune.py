"""What pruning would remove, live, before anything is done."""

from collections.abc import Callable
from time import monotonic, time

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from layerhold.dialogs.draft import Draft
from layerhold.dialogs.meanwhile import Select
from layerhold.dialogs.plan_dialog import PlanDialog
from layerhold.dialogs.prune_options import PruneOptions
from layerhold.dialogs.sentences import sentence
from layerhold.formatting import size
from layerhold.jobs.pruning import PrunePlan
from layerhold.jobs.runner import JobRunner
from layerhold.library import Library
from layerhold.planning.prune import Prune, candidates
from layerhold.planning.removal import RemovalPlan
from layerhold.wording.counting import images

Clock = Callable[[], float]


class PruneDialog(PlanDialog):
    """The list follows the engine while it is open; what runs is the list.

    What was there when it was opened may not be known yet: the first answer to a question asked
    since then tells it, and only what comes later came meanwhile.
    """

    def __init__(
        self,
        parent: QWidget | None,
        library: Library,
        runner: JobRunner,
        refresh: Callable[[], None],
        clock: Clock = time,
    ) -> None:
        """`refresh` asks the engine again soon."""
        self._now, self._older_than = clock(), Prune().older_than
        self._opened, self._knows_all = monotonic(), False
        draft = Draft(runner, library.world, _select(Prune(), self._now))
        super().__init__(parent, draft, self.tr("&Prune"))
        self.setWindowTitle(self.tr("Prune images"))
        self._library, self._clock = library, clock
        self.options = PruneOptions(containers=library.world.caps.containers)
        self.build_cache = QCheckBox(self.tr("&Build cache"))

        self.late = sentence()
        self.late.setAccessibleName(self.tr("What came meanwhile"))
        self.late.hide()

        self.column.insertWidget(1, self.options)
        self.column.insertWidget(2, self.build_cache)
        self.column.insertWidget(3, self.late)
        self.editor.hide_force()
        self.build_cache.setVisible(library.world.caps.build_cache)

        self._connect()
        self.show_cache()
        draft.begin()
        refresh()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        library: Library,
        runner: JobRunner,
        refresh: Callable[[], None],
    ) -> PrunePlan | None:
        """What to carry out, or `None` if the user changed their mind."""
        dialog = cls(parent, library, runner, refresh)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.wish if accepted else None

    @property
    def wish(self) -> PrunePlan:
        """What was ticked."""
        return PrunePlan(self.draft.plan, self.build_cache.isChecked())

    def look_again(self) -> None:
        """Bring the list to what the engine holds and the options wish.

        Ages are as of when one was asked for: no image grows into the list unseen.
        """
        prune = self.options.prune
        if prune is None:
            self.buttons.allow(reason=self.tr("Correct what is marked first."))
            return
        if prune.older_than != self._older_than:
            self._now, self._older_than = self._clock(), prune.older_than
        look = self.draft.look_at if self._knows_all else self.draft.look_first
        look(self._library.world, _select(prune, self._now))

    def show_cache(self) -> None:
        """Say how much build cache could go, as soon as the engine has told."""
        amount = self._library.usage.reclaimable_build_cache
        known = self.tr("&Build cache, {bytes}").format(bytes=size(amount or 0))
        self.build_cache.setText(self.tr("&Build cache") if amount is None else known)
        self.build_cache.setAccessibleName(self.tr("Build cache"))
        self.build_cache.setToolTip(
            self.tr("Remove build cache that nothing uses, as docker builder prune does")
        )

    def show_late(self, plan: RemovalPlan) -> None:
        """Say how many images came meanwhile, and still are not ticked."""
        count = sum(row.target in self.draft.late and not row.choice.ticked for row in plan.rows)
        said = self.tr("{images} appeared or got a tag meanwhile; they are not ticked.")
        if count == 1:
            said = self.tr("{images} appeared or got a tag meanwhile; it is not ticked.")
        self.late.setText(said.replace("{images}", images(count)))
        self.late.setVisible(count > 0)

    def why_not(self, plan: RemovalPlan) -> str | None:
        if self.options.prune is None:
            return self.tr("Correct what is marked first.")
        if self.build_cache.isChecked():
            return None
        if not plan.rows:
            return self.tr("No image fits these options.")
        return super().why_not(plan)

    def _connect(self) -> None:
        self.draft.planned.connect(self.show_late)
        self.options.changed.connect(self.look_again)
        self.build_cache.toggled.connect(self._allow_current)
        self._library.images_changed.connect(self.look_again)
        self._library.containers_changed.connect(self.look_again)
        self._library.figures_changed.connect(self.look_again)
        self._library.usage_changed.connect(self.show_cache)
        self._library.looked.connect(self._note_look)

    def _note_look(self) -> None:
        self._knows_all = self._knows_all or self._library.snapshot.begun >= self._opened

    def _allow_current(self) -> None:
        if self.draft.current:
            self.allow()


def _select(prune: Prune, now: float) -> Select:
    return lambda world: candidates(world, prune, now)
