"""Build images: ask what, build it, tell what came of it and lead to the image."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.logging_in import offer_login
from layerhold.actions.opening import Opening
from layerhold.actions.report import details_of
from layerhold.actions.showing import offer_image
from layerhold.actions.starting import same_engine, start
from layerhold.dialogs.build import BuildDialog, BuildTools
from layerhold.domain.build_errors import BuildFailed
from layerhold.domain.building import BuildWish
from layerhold.domain.errors import Failure
from layerhold.engine.api import Engine
from layerhold.jobs import building
from layerhold.jobs.building import BuildResult
from layerhold.jobs.job import Job
from layerhold.wording import aftermath, explain
from layerhold.wording import building as words
from layerhold.wording.abilities import Ability, lack
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

KEPT_FOLDERS = 8


def build(desk: Desk, path: Path | None = None) -> None:
    """Ask what to build, and build it; `path` is a folder or a Dockerfile to begin with."""
    engine = desk.engine
    if engine is None:
        return
    if reason := lack(engine.about, Ability.BUILD):
        desk.notices.warn(f"{reason}.")
        return
    around = partial(building.look_around, engine)
    look_around = partial(desk.runner.start, "Look what builds", around, quiet=True)
    tools = BuildTools(desk.runner, look_around)
    folders = desk.settings.build_folders
    wish = BuildDialog.ask(desk.window, desk.library, engine.about, tools, folders, path)
    if wish is not None:
        _remember(desk, wish.context)
        _build(desk, engine, wish)


def _remember(desk: Desk, folder: Path) -> None:
    """The last one first."""
    others = [each for each in desk.settings.build_folders if each != str(folder)]
    folders = (str(folder), *others)[:KEPT_FOLDERS]
    if folders != desk.settings.build_folders:
        desk.change_settings(replace(desk.settings, build_folders=folders))


def _build(desk: Desk, asked: Engine, wish: BuildWish) -> None:
    engine = same_engine(desk, asked) or asked
    called = name(wish.tags[0] if wish.tags else wish.context.name)
    title = translate("Building", "Build {name}").replace("{name}", called)
    work = partial(building.build, engine, desk.logins, wish)
    job = start(desk, engine, title, work, aftermath=aftermath.of_build())
    if job:
        job.delivered.connect(partial(_note, job))
        job.retry = partial(_build, desk, asked, wish)
        job.failed.connect(partial(_offer_login, desk, job))
        job.succeeded.connect(partial(_tell, desk, job, Opening(desk, job)))
        if desk.show_job:
            desk.show_job(job)


def _note(job: Job, problem: Failure) -> None:
    """What did not stop the build, but may explain why a registry refused."""
    said = explain(problem)
    job.log.append(f"{said.what} {said.hint}")


def _offer_login(desk: Desk, job: Job, error: Exception) -> None:
    """A step that could not have its base image fails for the registry's reason."""
    reason = error.reason if isinstance(error, BuildFailed) else None
    offer_login(desk, job, reason or error)


def _tell(desk: Desk, job: Job, opening: Opening, result: BuildResult) -> None:
    desk.notices.inform(words.built(result), *details_of(desk, job))
    offer_image(desk, job, result.built.image_id)
    opening.open(result.built.image_id)
