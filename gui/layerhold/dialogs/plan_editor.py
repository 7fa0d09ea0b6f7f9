"""A plan in one sentence, its rows, and the tick box `Force`."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from layerhold.colours import colours
from layerhold.dialogs.draft import Draft
from layerhold.dialogs.headers import name_header
from layerhold.dialogs.plan_view import PlanView
from layerhold.dialogs.sentences import headline, note
from layerhold.models.plan_table import PlanTable
from layerhold.planning.removal import Remedy, RemovalPlan
from layerhold.planning.targets import Target
from layerhold.wording import explain, remedies, removal

FEW = 3
"""So few rows are shown with everything that is below them."""


class PlanEditor(QWidget):
    """Shows a draft, and hands it the user's wishes."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.model = PlanTable(self)
        self.sentence = headline(self.tr("Working out what would happen…"))
        self.view = PlanView(self.model, draft.world.caps)
        self.force = QCheckBox(self.tr("&Force"))
        self.force.setToolTip(self.tr("Remove although something is in the way"))
        self.force_note = note()

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addWidget(self.view, stretch=1)
        column.addWidget(self.force)
        column.addWidget(self.force_note)

        self._name_parts()
        self._connect()

    def show_plan(self, plan: RemovalPlan) -> None:
        """Show the plan as it is now."""
        self.sentence.setText(removal.plan(plan))
        self.model.show(plan, self._draft.world, self._draft.late)
        helps = any(Remedy.FORCE in row.remedies for row in plan.rows)
        self.force.setEnabled(helps or self.force.isChecked())
        text = remedies.force(plan.rows, self._draft.world.caps)
        self.force_note.setText(text)
        self.force.setToolTip(text)
        self.force.setAccessibleDescription(text)
        if not self.view.currentIndex().isValid() and plan.rows:
            self.view.setCurrentIndex(self.model.index(0, 0))
            if len(plan.rows) <= FEW:
                self.view.expandAll()

    def show_failure(self, error: Exception) -> None:
        """Say why there is no plan, and show none."""
        self.sentence.setText(explain(error).what)
        self.model.show(RemovalPlan(()), self._draft.world)

    def hide_force(self) -> None:
        """Where no row can be in use, force has no meaning."""
        self.force.hide()
        self.force_note.hide()

    def _name_parts(self) -> None:
        self.view.setAccessibleName(self.tr("Plan"))
        name_header(self.view)
        self.sentence.setAccessibleName(self.tr("What will happen"))

    def _connect(self) -> None:
        self._draft.planned.connect(self.show_plan)
        self._draft.failed.connect(self.show_failure)
        self.model.tick_wanted.connect(self._tick)
        self.view.remedy_wanted.connect(self._draft.choose)
        self.view.force_wanted.connect(self.force.click)
        self.force.toggled.connect(self._draft.set_force)
        self.force.toggled.connect(self._warn)

    def _warn(self, forced: bool) -> None:
        role = QPalette.ColorRole
        self.force_note.setForegroundRole(role.WindowText if forced else role.PlaceholderText)
        self.force_note.setStyleSheet(f"color: {colours().care}" if forced else "")

    def _tick(self, targets: list[Target], ticked: bool) -> None:
        self._draft.tick(targets, ticked=ticked)
