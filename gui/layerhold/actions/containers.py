"""Run images, and everything that can be done with the containers of one."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.report import details_of
from layerhold.actions.starting import start
from layerhold.dialogs.commit import CommitDialog
from layerhold.dialogs.container_log import ContainerLog
from layerhold.dialogs.remove_container import RemoveContainerDialog
from layerhold.dialogs.run import RunDialog
from layerhold.domain.containers import Container
from layerhold.domain.networks import Network
from layerhold.domain.run_defaults import RunDefaults, run_defaults
from layerhold.domain.running import Created, RunWish
from layerhold.engine.api import Engine
from layerhold.jobs import containers as carry_out
from layerhold.jobs.context import Context
from layerhold.jobs.job import Job
from layerhold.jobs.runner import Work
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

Ground = tuple[RunDefaults, tuple[Network, ...]]
"""What the run dialog starts from."""


def run(desk: Desk, image_id: str, tag: str = "") -> None:
    """Ask how to run it, starting from what the image does by itself, and run it."""
    engine = desk.engine
    image = desk.library.images.get(image_id)
    if engine is None or image is None:
        return
    called = tag or next(iter(image.tags), image_id)
    look = desk.runner.start("Look how to run it", partial(_ground, engine, image_id), quiet=True)
    wish = RunDialog.ask(desk.window, called, engine.about.kind, look)
    if wish is not None:
        _run(desk, engine, wish)


def _ground(engine: Engine, image_id: str, context: Context) -> Ground:
    return run_defaults(engine.inspect(image_id, context.token)), engine.networks(context.token)


def _run(desk: Desk, engine: Engine, wish: RunWish) -> None:
    title = translate("Containers", "Run {image}").replace("{image}", name(wish.image))
    job = start(desk, engine, title, partial(carry_out.run, engine, wish))
    if job:
        job.retry = partial(_run, desk, engine, wish)
        job.succeeded.connect(partial(_tell_running, desk, job, wish))


def _tell_running(desk: Desk, job: Job, wish: RunWish, created: Created) -> None:
    job.log.extend(created.warnings)
    said = translate("Containers", "A container of {image} runs.")
    desk.notices.inform(said.replace("{image}", name(wish.image)), *details_of(desk, job))


def start_container(desk: Desk, container: Container) -> None:
    """Start a container that does not run."""
    if engine := desk.engine:
        title = translate("Containers", "Start {container}")
        _do(desk, engine, title, container, partial(carry_out.start, engine, container))


def stop_container(desk: Desk, container: Container) -> None:
    """Stop a container that runs."""
    if engine := desk.engine:
        title = translate("Containers", "Stop {container}")
        _do(desk, engine, title, container, partial(carry_out.stop, engine, container))


def remove_container(desk: Desk, container: Container) -> None:
    """Remove a container, if the user means it."""
    engine = desk.engine
    if engine and RemoveContainerDialog.ask(desk.window, container):
        title = translate("Containers", "Remove {container}")
        _do(desk, engine, title, container, partial(carry_out.remove, engine, container))


def _do(desk: Desk, engine: Engine, title: str, container: Container, work: Work) -> None:
    job = start(desk, engine, title.replace("{container}", name(container.name)), work)
    if job:
        job.retry = partial(_do, desk, engine, title, container, work)


def show_log(desk: Desk, container: Container) -> None:
    """Open a window that follows what the container writes."""
    engine = desk.engine
    if engine is None:
        return
    work = partial(carry_out.follow_log, engine, container)
    ContainerLog(desk.window, container, desk.runner.start("Log", work, quiet=True)).show()


def commit(desk: Desk, container: Container) -> None:
    """Ask what the image shall be, and make it."""
    engine = desk.engine
    wish = CommitDialog.ask(desk.window, desk.library, container) if engine else None
    if engine is None or wish is None:
        return
    title = translate("Containers", "Commit {container}")
    work = partial(carry_out.commit, engine, container.id, wish)
    job = start(desk, engine, title.replace("{container}", name(container.name)), work)
    if job:
        called = name(wish.reference) if wish.reference else ""
        job.succeeded.connect(lambda image_id: _tell_made(desk, job, called or name(image_id)))


def _tell_made(desk: Desk, job: Job, called: str) -> None:
    said = translate("Containers", "{image} has been made of the container.")
    desk.notices.inform(said.replace("{image}", called), *details_of(desk, job))
