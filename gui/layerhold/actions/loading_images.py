"""Load images: look into archives, ask what of them, send it, tell what came of it."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.importing import import_file_system
from layerhold.actions.report import details_of
from layerhold.actions.showing import offer_image
from layerhold.actions.starting import heed_import, same_engine, start
from layerhold.dialogs.load import LoadDialog, LoadTools
from layerhold.dialogs.load_draft import LoadWish
from layerhold.domain.errors import Cancelled
from layerhold.engine.api import Engine
from layerhold.jobs import loading
from layerhold.jobs.job import Job
from layerhold.jobs.loading import ArchiveWish, LoadResult
from layerhold.planning.load_rows import ArchivePlan, ImageEffect
from layerhold.planning.load_rules import receiver
from layerhold.planning.load_wishes import Wishes
from layerhold.wording import explain
from layerhold.wording import loading as words
from layerhold.wording.counting import files
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def load(desk: Desk, paths: Iterable[Path] = (), wishes: Wishes | None = None) -> None:
    """Show what is in these files and folders, and load what is left ticked.

    Without any, they are chosen in the dialog.
    """
    engine = desk.engine
    if engine is None:
        return
    tools = LoadTools(desk.runner, partial(import_file_system, desk))
    absolute = [path.absolute() for path in paths]
    wish = LoadDialog.ask(desk.window, desk.library, tools, absolute, wishes)
    if wish is not None:
        _load(desk, engine, wish)


def _load(desk: Desk, asked: Engine, wish: LoadWish) -> None:
    engine = same_engine(desk, asked) or asked
    paths = [plan.surveyed.contents.place.path for plan in wish.plans]
    called = name(paths[0].name) if len(paths) == 1 else files(len(paths))
    title = translate("LoadingImages", "Load {name}").replace("{name}", called)
    asked_for = tuple(map(_archive_wish, wish.plans))
    work = partial(loading.load, engine, asked_for, receiver(engine.about.caps))
    if job := start(desk, engine, title, work):
        heed_import(job)
        job.retry = partial(_load_rest, desk, job, wish)
        job.succeeded.connect(partial(_tell, desk, job))


def _archive_wish(plan: ArchivePlan) -> ArchiveWish:
    coming = (tag for row in plan.ticked for tag in row.coming)
    holders = {tag.called: tag.loser for tag in coming}
    is_new = ImageEffect.NEW
    nameless = (row.image.id for row in plan.ticked if row.effect is is_new and not row.coming)
    contents, sent = plan.surveyed.contents, plan.sent.amount
    return ArchiveWish(contents, plan.choice, holders, sent, frozenset(nameless))


def _load_rest(desk: Desk, job: Job, wish: LoadWish) -> None:
    """Show the plan anew, of what was not loaded, with what the user wished before."""
    done: set[Path] = set()
    if isinstance(job.result, LoadResult):
        done = {each.path for each in job.result.archives if not each.failure}
    left = [at for at, path in enumerate(wish.paths) if path not in done]
    load(desk, [wish.paths[at] for at in left], wish.wishes.of(left))


def _tell(desk: Desk, job: Job, result: LoadResult) -> None:
    if result.loaded.images:
        offer_image(desk, job, result.loaded.images[0].id)
    said = words.loaded(result)
    if not result.incomplete:
        desk.notices.inform(said, *details_of(desk, job))
        return
    failure = next((each.failure for each in result.failed if each.failure), None)
    hint = explain(failure).what if failure else ""
    if isinstance(failure, Cancelled):
        hint = job.aftermath
    desk.notices.warn(said, hint, *details_of(desk, job))
