"""A removal plan while the user shapes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from layerhold.dialogs.meanwhile import Seen, Select, came
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.runner import JobRunner, Work
from layerhold.planning.removal import Choice, Remedy, RemovalPlan, Row, rows
from layerhold.planning.targets import Target
from layerhold.planning.world import World


@dataclass(frozen=True, slots=True)
class _Planned:
    plan: RemovalPlan
    late: frozenset[Target]


class Draft(QObject):
    """Plans again in the background after every change; the newest wish wins."""

    outdated = Signal()
    """Something changed, and a plan will follow."""
    planned = Signal(object)
    """The `RemovalPlan` as it is now."""
    failed = Signal(object)
    """The exception that kept it from being planned."""

    def __init__(
        self, runner: JobRunner, world: World, select: Select, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.world, self._select = world, select
        self.choices: dict[Target, Choice] = {}
        self.late: set[Target] = set()
        """What came while the plan was being looked at, and was therefore not ticked."""
        self._first = self._shown = world
        self.plan = RemovalPlan(())
        self.force = False
        self.current = False
        """Whether `plan` is what was last wished."""
        self._planning = Chore(runner, "Plan", self._prepare, self)
        self._planning.succeeded.connect(self._take)
        self._planning.failed.connect(self._fail)

    def begin(self) -> None:
        """Plan, from now on."""
        self.current = False
        self.outdated.emit()
        self._planning.drop()
        self._planning.want()

    def end(self) -> None:
        """Plan no more."""
        self._planning.drop()

    def look_at(self, world: World, select: Select) -> None:
        """Go on with another world or other rows; choices are kept."""
        self.world, self._select = world, select
        self.begin()

    def look_first(self, world: World, select: Select) -> None:
        """As `look_at`, with a world of which the user can know as of the first."""
        self._first = self._shown = world
        self.look_at(world, select)

    def tick(self, targets: Iterable[Target], *, ticked: bool) -> None:
        """Wish these rows to be carried out, or not."""
        for target in targets:
            self.choices[target] = Choice(ticked, self._chosen(target).remedy)
        self.begin()

    def choose(self, target: Target, remedy: Remedy | None) -> None:
        """Carry the row out in this way; `None` leaves it alone."""
        self.choices[target] = Choice(remedy is not None, remedy)
        self.begin()

    def set_force(self, force: bool) -> None:
        """Let rows that force helps be forced, or no row at all."""
        self.force = force
        if force:
            self._apply_force()
        for target, choice in self.choices.items():
            if choice.remedy is Remedy.FORCE and not force:
                self.choices[target] = Choice(choice.ticked)
        self.begin()

    def _chosen(self, target: Target) -> Choice:
        return self.choices.get(target, Choice())

    def _prepare(self) -> Work:
        seen = Seen(self._first, self._shown, frozenset(self.late))
        return partial(_plan, seen, self.world, self._select, dict(self.choices))

    def _take(self, planned: _Planned) -> None:
        self.plan, self._shown = planned.plan, self.world
        self.late |= planned.late
        self.choices |= _unticked(planned.late)
        if self.force and self._apply_force():
            self.begin()
            return
        self.current = True
        self.planned.emit(self.plan)

    def _fail(self, error: Exception) -> None:
        self.plan = RemovalPlan(())
        self.failed.emit(error)

    def _apply_force(self) -> bool:
        """Choose force wherever it helps and nothing else is chosen; whether it changed a row."""
        helped = [row.target for row in self.plan.rows if _needs_force(row)]
        self.choices |= {target: Choice(remedy=Remedy.FORCE) for target in helped}
        return bool(helped)


def _needs_force(row: Row) -> bool:
    return row.choice == Choice() and not row.calls and Remedy.FORCE in row.remedies


def _unticked(targets: Iterable[Target]) -> dict[Target, Choice]:
    return {target: Choice(ticked=False) for target in targets}


def _plan(
    seen: Seen, world: World, select: Select, choices: Mapping[Target, Choice], context: Context
) -> _Planned:
    late = came(seen, world, select)
    found = []
    for row in rows(world, select(world), {**choices, **_unticked(late)}):
        context.token.check()
        found.append(row)
    return _Planned(RemovalPlan(tuple(found)), late)
