"""A removal plan while the user shapes it."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from layerhold.jobs.context import Context
from layerhold.jobs.runner import JobRunner
from layerhold.planning.removal import (
    Choice,
    Remedy,
    RemovalPlan,
    Row,
    Target,
    rows,
)
from layerhold.planning.world import World

Select = Callable[[World], Iterable[Target]]
"""What the plan is about; called on a thread."""


class Draft(QObject):
    """Plans again in the background after every change; the newest wish wins."""

    planned = Signal(object)
    """The `RemovalPlan` as it is now."""
    outdated = Signal()
    """Something changed, and the plan will follow."""

    def __init__(
        self,
        runner: JobRunner,
        world: World,
        select: Select,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self.world, self._select = world, select
        self.choices: dict[Target, Choice] = {}
        self.plan = RemovalPlan(())
        self.force = False
        self.current = False
        """Whether `plan` is what was last wished."""
        self._working = False

    def begin(self) -> None:
        """Plan for the first time."""
        self._change()

    def look_at(self, world: World, select: Select) -> None:
        """Go on with another world or other rows; choices are kept."""
        self.world, self._select = world, select
        self._change()

    def tick(self, targets: Iterable[Target], *, ticked: bool) -> None:
        """Wish these rows to be carried out, or not."""
        for target in targets:
            self.choices[target] = Choice(ticked, self._chosen(target).remedy)
        self._change()

    def choose(self, target: Target, remedy: Remedy | None) -> None:
        """Carry the row out in this way; `None` leaves it alone while it is blocked."""
        self.choices[target] = Choice(remedy is not None, remedy)
        self._change()

    def set_force(self, force: bool) -> None:
        """Let rows that force helps be forced, or no row at all."""
        self.force = force
        for target, choice in self.choices.items():
            if choice.remedy is Remedy.FORCE:
                self.choices[target] = Choice(choice.ticked)
        self._apply_force()
        self._change()

    def _chosen(self, target: Target) -> Choice:
        return self.choices.get(target, Choice())

    def _change(self) -> None:
        self.current = False
        self.outdated.emit()
        if not self._working:
            self._start()

    def _start(self) -> None:
        self._working, self.current = True, True
        world, select, choices = self.world, self._select, dict(self.choices)
        job = self._runner.start(
            "Plan", lambda context: _plan(world, select, choices, context), quiet=True
        )
        job.succeeded.connect(self._take)
        job.settled.connect(self._settle)

    def _take(self, plan: RemovalPlan) -> None:
        self.plan = plan
        if self._apply_force():
            self.current = False
        if self.current:
            self.planned.emit(plan)

    def _settle(self) -> None:
        self._working = False
        if not self.current:
            self._start()

    def _apply_force(self) -> bool:
        """Choose force wherever it is wished, helps and nothing else is chosen."""
        forced = [row.target for row in self.plan.rows if self.force and _needs_force(row)]
        self.choices |= {target: Choice(True, Remedy.FORCE) for target in forced}
        return bool(forced)


def _needs_force(row: Row) -> bool:
    return row.choice == Choice() and not row.calls and Remedy.FORCE in row.remedies


def _plan(
    world: World, select: Select, choices: Mapping[Target, Choice], context: Context
) -> RemovalPlan:
    found = []
    for row in rows(world, select(world), choices):
        context.token.check()
        found.append(row)
    return RemovalPlan(tuple(found))
