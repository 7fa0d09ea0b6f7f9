"""What removing and pruning have in common: a plan on top, a verb at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from layerhold.dialogs.draft import Draft
from layerhold.dialogs.plan_buttons import PlanButtons
from layerhold.dialogs.plan_editor import PlanEditor
from layerhold.planning.removal import RemovalPlan
from layerhold.wording import explain

SIZE = (860, 520)


class PlanDialog(QDialog):
    """Enter does the safe thing: it cancels, unless a button has the focus."""

    def __init__(self, parent: QWidget | None, draft: Draft, verb: str) -> None:
        super().__init__(parent)
        draft.setParent(self)
        self.draft = draft
        self.editor = PlanEditor(draft)
        self.buttons = PlanButtons(verb)

        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(16)
        self.column.addWidget(self.editor, stretch=1)
        self.column.addWidget(self.buttons)

        draft.planned.connect(self.allow)
        draft.outdated.connect(self.wait)
        draft.failed.connect(self.forbid)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(draft.end)
        self.editor.view.setFocus()
        self.resize(*SIZE)

    def allow(self) -> None:
        """Let the verb be pressed if it would do something."""
        self.buttons.allow(reason=self.why_not(self.draft.plan))

    def wait(self) -> None:
        """Nothing may be carried out that is not shown."""
        self.buttons.allow(reason="")

    def forbid(self, error: Exception) -> None:
        """Without a plan there is nothing to carry out."""
        self.buttons.allow(reason=explain(error).hint)

    def why_not(self, plan: RemovalPlan) -> str | None:
        """Why there is nothing to do, or `None` if there is something."""
        if plan.ticked:
            return None
        if any(row.calls for row in plan.rows):
            return self.tr("No row is ticked.")
        if any(row.remedies for row in plan.rows):
            return self.tr("Everything here is blocked; choose a way on in its row.")
        return self.tr("There is nothing that could be removed.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()
        else:
            self.reject()
