"""Containers of an image: run, start, stop, remove, read the log, and make images of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from layerhold.domain.cancel import Token
from layerhold.domain.committing import CommitWish
from layerhold.domain.containers import Container
from layerhold.domain.errors import EngineFailure
from layerhold.domain.progress import Progress
from layerhold.domain.running import RunWish
from layerhold.engine import running
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context

TAIL = 1000
"""Lines of a log that are read from before it was opened."""
SETTLING_SECONDS = 0.8
"""A program that cannot do its work ends within this time, mostly."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A container that was started, as it was a moment later."""

    container: Container | None
    """`None`: it has ended, and was removed then."""
    warnings: tuple[str, ...] = ()
    """In the engine's words."""


def run(engine: Engine, wish: RunWish, context: Context) -> Begun:
    """Make a container and start it; raises `NotStarted` where only the first went well."""
    context.report(Progress(subject=wish.image))
    created = running.run(engine, wish, context.token)
    return Begun(_settled(engine, created.id, context.token), created.warnings)


def start(engine: Engine, container: Container, context: Context) -> Begun:
    """Start it again."""
    with _called(container):
        engine.start_container(container.id, context.token)
    return Begun(_settled(engine, container.id, context.token))


def stop(engine: Engine, container: Container, context: Context) -> None:
    """Stop it, and keep it."""
    with _called(container):
        engine.stop_container(container.id, context.token)


def remove(engine: Engine, container: Container, context: Context) -> None:
    """Stop it where it runs, and remove it; its volumes stay."""
    with _called(container):
        if container.state.holds_firmly:
            engine.stop_container(container.id, context.token)
        engine.remove_container(container.id)


def commit(engine: Engine, container: Container, wish: CommitWish, context: Context) -> str:
    """Make an image of the container; the image's ID."""
    with _called(container):
        return engine.commit(container.id, wish, context.token)


def follow_log(engine: Engine, container: Container, context: Context) -> None:
    """Deliver the last lines one by one, and further ones as they come, until it ends."""
    for line in engine.container_log(container.id, TAIL, context.token, follow=True):
        context.deliver(line)


def _settled(engine: Engine, container_id: str, token: Token) -> Container | None:
    """What a container does once it has had the time to fail."""
    hurry = Event()
    with token.breaking(hurry.set):
        hurry.wait(SETTLING_SECONDS)
    containers = engine.list_containers(token)
    return next((each for each in containers if each.id == container_id), None)


@contextmanager
def _called(container: Container) -> Iterator[None]:
    """Let failures speak of the container by its name."""
    try:
        yield
    except EngineFailure as failure:
        if failure.subject == container.id and container.name:
            failure.subject = container.name
        raise
