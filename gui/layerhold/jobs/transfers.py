"""Pull and push as the user who is logged in, where somebody is."""

from dataclasses import dataclass

from layerhold.domain.errors import Failure
from layerhold.domain.login import Login
from layerhold.domain.progress import Phase, Progress
from layerhold.domain.references import parse
from layerhold.domain.transfers import Pulled, PullWish, Pushed
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.jobs.tagging import give_tag
from layerhold.registry.credentials import Credentials


@dataclass(frozen=True, slots=True)
class NewName:
    """A tag that an image gets before it is pushed."""

    image_id: str
    reference: str
    loser: str = ""
    """The ID of the image that is known to have the tag now, or empty."""


@dataclass(frozen=True, slots=True)
class LeftByPush:
    """What has become of several tags when not all could be pushed."""

    stopped_at: str
    """The tag that failed, or that was on its way when the user stopped it."""
    pushed: tuple[Pushed, ...] = ()
    not_begun: tuple[str, ...] = ()


def pull(engine: Engine, logins: Credentials, wish: PullWish, context: Context) -> Pulled:
    """Bring what is wished; a helper that fails is delivered, and does not stop anonymous pulls."""
    login = _login(logins, wish.reference, context)
    return engine.pull(wish, login, context.report, context.token)


def push(
    engine: Engine, logins: Credentials, references: tuple[str, ...], context: Context
) -> tuple[Pushed, ...]:
    """Push one tag of a repository after the other; the first that fails ends it.

    Of several, it is then delivered what has become of each.
    """
    login = _login(logins, references[0], context)
    pushed: tuple[Pushed, ...] = ()
    try:
        for reference in references:
            pushed += (engine.push(reference, login, context.report, context.token),)
    except Failure:
        if references[1:]:
            stopped_at, *not_begun = references[len(pushed) :]
            context.leave(LeftByPush(stopped_at, pushed, tuple(not_begun)))
        raise
    return pushed


def tag_and_push(
    engine: Engine, logins: Credentials, new: NewName, context: Context
) -> tuple[Pushed, ...]:
    """Give an image a tag, and push it; raises `ChangedMeanwhile` as `give_tag` does.

    The tag stays where pushing fails, which is delivered.
    """
    give_tag(engine, new.image_id, new.reference, new.loser, context.token)
    try:
        return push(engine, logins, (new.reference,), context)
    except Failure:
        context.leave(new)
        raise


def _login(logins: Credentials, reference: str, context: Context) -> Login | None:
    registry = parse(reference).registry
    context.show(Progress(subject=registry, phase=Phase.FINDING_LOGIN))
    found = logins.find(registry, context.token)
    context.show(Progress(subject=registry, phase=Phase.CONNECTING))
    for problem in found.problems:
        context.deliver(problem)
    return found.login
