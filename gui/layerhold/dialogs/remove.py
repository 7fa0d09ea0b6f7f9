"""What removing would do, row by row, before anything is done."""

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog, QWidget

from layerhold.dialogs.draft import Draft
from layerhold.dialogs.plan_dialog import PlanDialog
from layerhold.jobs.runner import JobRunner
from layerhold.planning.removal import RemovalPlan
from layerhold.planning.targets import Target
from layerhold.planning.world import World


class RemoveDialog(PlanDialog):
    """Asks whether to remove images and tags, and which of them."""

    def __init__(
        self, parent: QWidget | None, world: World, targets: Iterable[Target], runner: JobRunner
    ) -> None:
        chosen = tuple(targets)
        super().__init__(parent, Draft(runner, world, lambda _world: chosen), self.tr("&Remove"))
        self.setWindowTitle(self.tr("Remove images"))
        self.draft.begin()

    @classmethod
    def ask(
        cls, parent: QWidget | None, world: World, targets: Iterable[Target], runner: JobRunner
    ) -> RemovalPlan | None:
        """The plan to carry out, or `None` if the user changed their mind."""
        dialog = cls(parent, world, targets, runner)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.draft.plan if accepted else None
