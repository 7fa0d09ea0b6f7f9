"""Run images, and everything that can be done with the containers of one."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from layerhold.actions.desk import Desk
from layerhold.actions.report import details_of
from layerhold.actions.showing import offer_image
from layerhold.actions.starting import start
from layerhold.dialogs.commit import CommitDialog
from layerhold.dialogs.container_log import ContainerLog
from layerhold.dialogs.reference_field import holder
from layerhold.dialogs.remove_container import RemoveContainerDialog
from layerhold.dialogs.run import RunDialog
from layerhold.domain.committing import CommitWish
from layerhold.domain.containers import Container
from layerhold.domain.networks import Network
from layerhold.domain.references import parse
from layerhold.domain.run_defaults import RunDefaults, run_defaults
from layerhold.domain.running import RunWish
from layerhold.engine.api import Engine
from layerhold.jobs import containers as carry_out
from layerhold.jobs.containers import Begun
from layerhold.jobs.context import Context
from layerhold.jobs.job import Job
from layerhold.jobs.runner import Work
from layerhold.wording import aftermath
from layerhold.wording import running as words
from layerhold.wording.quoting import name

translate = QCoreApplication.translate

Ground = tuple[RunDefaults, tuple[Network, ...]]
"""What the run dialog starts from."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done to a container, and what is said of it."""

    title: str
    work: Work
    done: str
    aftermath: str


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
    work = partial(carry_out.run, engine, wish)
    job = start(desk, engine, title, work, aftermath=aftermath.of_run())
    if job:
        job.retry = partial(_run, desk, engine, wish)
        job.succeeded.connect(partial(_tell_begun, desk, job, wish.image))


def start_container(desk: Desk, container: Container) -> None:
    """Start a container that does not run."""
    if engine := desk.engine:
        _start(desk, engine, container)


def _start(desk: Desk, engine: Engine, container: Container) -> None:
    title = translate("Containers", "Start {container}")
    title = title.replace("{container}", words.called(container))
    work = partial(carry_out.start, engine, container)
    job = start(desk, engine, title, work, aftermath=aftermath.of_start())
    if job:
        job.retry = partial(_start, desk, engine, container)
        image = container.image_name or container.image_id
        job.succeeded.connect(partial(_tell_begun, desk, job, image))


def _tell_begun(desk: Desk, job: Job, image: str, result: Begun) -> None:
    job.log.extend(result.warnings)
    said, container = words.began(result, image), result.container
    if container is None or not words.has_failed(container):
        desk.notices.inform(said, *details_of(desk, job))
        return
    hint = translate("Containers", "What it has written may say why.")
    button = translate("Containers", "Log")
    desk.notices.warn(said, hint, button, partial(show_log, desk, container))


def stop_container(desk: Desk, container: Container) -> None:
    """Stop a container that runs."""
    if engine := desk.engine:
        work = partial(carry_out.stop, engine, container)
        title = translate("Containers", "Stop {container}")
        done = translate("Containers", "{container} has stopped.")
        _do(desk, engine, container, Deed(title, work, done, aftermath.of_stop()))


def remove_container(desk: Desk, container: Container) -> None:
    """Remove a container, if the user means it."""
    engine = desk.engine
    if engine and RemoveContainerDialog.ask(desk.window, container):
        work = partial(carry_out.remove, engine, container)
        title = translate("Containers", "Remove {container}")
        done = translate("Containers", "{container} has been removed.")
        _do(desk, engine, container, Deed(title, work, done, aftermath.of_remove()))


def _do(desk: Desk, engine: Engine, container: Container, deed: Deed) -> None:
    title, done = (
        text.replace("{container}", words.called(container)) for text in (deed.title, deed.done)
    )
    job = start(desk, engine, title, deed.work, aftermath=deed.aftermath)
    if job:
        job.retry = partial(_do, desk, engine, container, deed)
        job.succeeded.connect(lambda _: desk.notices.inform(done, *details_of(desk, job)))


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
    _commit(desk, engine, container, wish)


def _commit(desk: Desk, engine: Engine, container: Container, wish: CommitWish) -> None:
    title = translate("Containers", "Commit {container}")
    title = title.replace("{container}", words.called(container))
    loser = holder(desk.library, parse(wish.reference)) if wish.reference else None
    work = partial(carry_out.commit, engine, container, wish)
    job = start(desk, engine, title, work, aftermath=aftermath.of_commit())
    if job:
        job.retry = partial(_commit, desk, engine, container, wish)
        tell = partial(_tell_made, desk, job, container, wish, loser.id if loser else "")
        job.succeeded.connect(tell)


def _tell_made(
    desk: Desk, job: Job, container: Container, wish: CommitWish, loser: str, image_id: str
) -> None:
    displaced = loser if loser != image_id else ""
    said = words.made(container, wish.reference or image_id, displaced)
    desk.notices.inform(said, *details_of(desk, job))
    offer_image(desk, job, image_id)
