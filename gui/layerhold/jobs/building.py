"""Build an image with the logins that it may need, and find out which tags have moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from layerhold.archives.context.sending import read_dockerfile
from layerhold.domain.builders import BuilderChoice
from layerhold.domain.building import BuildProgress, BuildWish, Built, StepState
from layerhold.domain.dockerfile import read
from layerhold.domain.errors import Cancelled, Failure
from layerhold.domain.login import Login
from layerhold.domain.networks import Network
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.tagging import holders
from layerhold.planning.build_registries import registries
from layerhold.registry.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Workshop:
    """What an engine has to build with."""

    choice: BuilderChoice
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build has come to."""

    built: Built
    moved: Mapping[str, str]
    """The IDs of the images that had the tags before, by tag."""


def look_around(engine: Engine, context: Context) -> Workshop:
    """Find out what builds there; may wait for the `docker` program."""
    return Workshop(engine.builder(), engine.networks(context.token))


def build(engine: Engine, logins: Credentials, wish: BuildWish, context: Context) -> BuildResult:
    """Build; helpers that fail are delivered, and do not stop builds that need no login.

    The last snapshot says what became of each step, also where the user stopped it.
    """
    last = BuildProgress()

    def report(progress: BuildProgress) -> None:
        nonlocal last
        last = progress
        context.token.check()
        context.show(progress)

    known = _logins(logins, wish, context)
    before = holders(engine, wish.tags, context.token)
    try:
        built = engine.build(wish, known, report, context.note, context.token)
    except Failure as failure:
        stopped = isinstance(failure, Cancelled) or context.token.cancelled
        context.show(last.ended(StepState.CANCELLED if stopped else StepState.FAILED))
        raise
    moved = {tag: old for tag, old in before.items() if old and old != built.image_id}
    return BuildResult(built, moved)


def _logins(logins: Credentials, wish: BuildWish, context: Context) -> dict[str, Login]:
    dockerfile = read(read_dockerfile(wish).decode(errors="replace"))
    known = {}
    for registry in registries(dockerfile, wish.arguments, wish.cache_from):
        found = logins.find(registry, context.token)
        for problem in found.problems:
            context.deliver(problem)
        if found.login:
            known[registry] = found.login
    return known
