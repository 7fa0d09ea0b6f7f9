"""A plan to load archives while the user shapes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from layerhold.domain.archive_errors import ArchiveFailure
from layerhold.jobs.chore import Chore
from layerhold.jobs.context import Context
from layerhold.jobs.job import Job
from layerhold.jobs.opening import look_into
from layerhold.jobs.runner import JobRunner, Work
from layerhold.library import Library
from layerhold.planning.load_plan import LoadPlan, plan_load
from layerhold.planning.load_rows import ArchivePlan, Spot
from layerhold.planning.load_settling import settled
from layerhold.planning.load_survey import Surveyed
from layerhold.planning.load_wishes import Wishes
from layerhold.planning.world import World

Found = Surveyed | ArchiveFailure | None
"""What is known of a file; `None` while nobody has looked into it."""


@dataclass(frozen=True, slots=True)
class LoadWish:
    """What is to be loaded, and how it came to that."""

    plans: tuple[ArchivePlan, ...]
    """Archives of which something is to be loaded."""
    paths: tuple[Path, ...]
    """Everything that was looked into, or was to be."""
    wishes: Wishes


class LoadDraft(QObject):
    """Looks into files and plans in the background; the newest wish wins."""

    looked = Signal()
    """Something more is known of the files, or there are more of them."""
    progressed = Signal(object)
    """How far the file is that is being looked into."""
    outdated = Signal()
    """Something changed, and a plan will follow."""
    planned = Signal(object)
    """The `LoadPlan` as it is now."""

    def __init__(
        self,
        runner: JobRunner,
        library: Library,
        wishes: Wishes | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._library = runner, library
        self.paths: list[Path] = []
        self.found: list[Found] = []
        self.plan = LoadPlan()
        self.wishes = wishes or Wishes()
        self._job: Job | None = None
        self._begun = 0
        """How many files have had their turn of being looked into."""
        self._is_planned = False
        self._world = library.world
        self._chore = Chore(runner, "Plan", self._prepare, self)
        self._chore.succeeded.connect(self._take_plan)
        library.images_changed.connect(self._renew)
        library.figures_changed.connect(self._refine)
        library.connection_changed.connect(self._renew)

    @property
    def looking(self) -> bool:
        """Whether files are being looked into."""
        return self._job is not None

    @property
    def current(self) -> bool:
        """Whether `plan` is what was last wished, of all that there is."""
        return self._is_planned and not self.looking

    @property
    def wish(self) -> LoadWish:
        """What is to be carried out."""
        plans = (plan for plan in self.plan.archives if plan and plan.choice)
        return LoadWish(tuple(plans), tuple(self.paths), self.wishes)

    def archive(self, at: int) -> ArchivePlan | None:
        """What was planned for one file, as far as it was planned."""
        return self.plan.archives[at] if at < len(self.plan.archives) else None

    def add(self, paths: Iterable[Path]) -> None:
        """Look into more files and folders, each once."""
        new = [path for path in dict.fromkeys(paths) if path not in self.paths]
        self.paths += new
        self.found += [None] * len(new)
        if new:
            self.looked.emit()
            self._go_on()

    def stop_looking(self) -> None:
        """What has not been looked into by now is left out."""
        if self._job:
            self._job.cancel()

    def end(self) -> None:
        """Look and plan no more."""
        job, self._job = self._job, None
        if job:
            job.cancel()
        self._chore.drop()

    def tick(self, spots: Iterable[Spot], *, ticked: bool) -> None:
        """Wish these rows to be loaded, or not; a tag brings its image along."""
        ticks = dict(self.wishes.ticks)
        for spot in spots:
            ticks[spot] = ticked
            if ticked and not self._image_is_ticked(spot):
                ticks[Spot(spot.archive, spot.image)] = True
        self._wish(Wishes(ticks, self.wishes.names))

    def tick_archive(self, at: int, *, ticked: bool) -> None:
        """Wish all that an engine can have of it, or nothing."""
        archive = self.archive(at)
        if archive is None:
            return
        usable = [n for n, row in enumerate(archive.images) if row.image.is_usable]
        fit = [n for n in usable if not archive.images[n].is_foreign] or usable
        chosen = dict.fromkeys((Spot(at, n) for n in usable), False)
        chosen |= dict.fromkeys((Spot(at, n) for n in fit), ticked)
        self._wish(Wishes({**self.wishes.ticks, **chosen}, self.wishes.names))

    def rename(self, spot: Spot, name: str) -> None:
        """Wish a tag to be called otherwise; without a name, as it is in the archive."""
        names = {key: value for key, value in self.wishes.names.items() if key != spot}
        if name:
            names[spot] = name
        self._wish(Wishes(self.wishes.ticks, names))

    def _image_is_ticked(self, spot: Spot) -> bool:
        archive = self.archive(spot.archive)
        return archive is None or archive.images[spot.image].ticked

    def _wish(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self._begin()

    def _renew(self) -> None:
        """The engine holds something else now."""
        self._world = replace(self._library.world)
        self._begin()

    def _refine(self) -> None:
        """More is known of what the engine holds; what would be loaded stays the same."""
        self._world = replace(self._library.world)
        self._chore.want()

    def _begin(self) -> None:
        self._is_planned = False
        self.outdated.emit()
        self._chore.drop()
        self._chore.want()

    def _prepare(self) -> Work:
        about = self._library.connection.about
        surveyed = [each if isinstance(each, Surveyed) else None for each in self.found]
        platform = about.platform if about else ""
        return partial(_plan, self.plan, surveyed, self.wishes, self._world, platform)

    def _take_plan(self, plan: LoadPlan) -> None:
        self.plan, self._is_planned = plan, True
        self.planned.emit(plan)

    def _go_on(self) -> None:
        """One look at a time: disks are faster so, and the progress is one."""
        if self._job is None and self._begun < len(self.paths):
            first, self._begun = self._begun, len(self.paths)
            work = partial(look_into, self.paths[first:])
            self._job = job = self._runner.start("Look into archives", work, quiet=True)
            job.delivered.connect(lambda looked: self._take(job, first + looked.at, looked.found))
            job.progressed.connect(self.progressed)
            job.settled.connect(lambda: self._finish(job))
        self._begin()

    def _take(self, job: Job, at: int, found: Found) -> None:
        if job is self._job:
            self.found[at] = found
            self.looked.emit()
            self._begin()

    def _finish(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.looked.emit()
            self._go_on()


def _plan(
    before: LoadPlan,
    archives: Sequence[Surveyed | None],
    wishes: Wishes,
    world: World,
    platform: str,
    _context: Context,
) -> LoadPlan:
    plan = settled(plan_load(archives, wishes, world, platform), before)
    # Summed up here rather than on the GUI thread: there may be 10,000 images.
    _ = plan.tags, plan.moving, plan.sent
    _ = [(each.ticked, each.usable, each.packings) for each in plan.archives if each]
    return plan
