"""Containers of an image: run, start, stop, remove, read the log, and make images of them."""

from layerhold.domain.committing import CommitWish
from layerhold.domain.containers import Container
from layerhold.domain.progress import Progress
from layerhold.domain.running import Created, RunWish
from layerhold.engine import running
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context

TAIL = 1000
"""Lines of a log that are read from before it was opened."""


def run(engine: Engine, wish: RunWish, context: Context) -> Created:
    """Make a container and start it; raises `NotStarted` where only the first went well."""
    context.report(Progress(subject=wish.image))
    return running.run(engine, wish, context.token)


def start(engine: Engine, container: Container, context: Context) -> None:
    """Start it again."""
    engine.start_container(container.id, context.token)


def stop(engine: Engine, container: Container, context: Context) -> None:
    """Stop it, and keep it."""
    engine.stop_container(container.id, context.token)


def remove(engine: Engine, container: Container, context: Context) -> None:
    """Stop it where it runs, and remove it; its volumes stay."""
    if container.state.holds_firmly:
        engine.stop_container(container.id, context.token)
    engine.remove_container(container.id)


def commit(engine: Engine, container_id: str, wish: CommitWish, context: Context) -> str:
    """Make an image of the container; the image's ID."""
    return engine.commit(container_id, wish, context.token)


def follow_log(engine: Engine, container: Container, context: Context) -> None:
    """Deliver the last lines one by one, and further ones as they come, until it ends."""
    for line in engine.container_log(container.id, TAIL, context.token, follow=True):
        context.deliver(line)
