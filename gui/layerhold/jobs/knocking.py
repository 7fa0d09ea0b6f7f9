"""Connect to the first engine that answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineUnreachable, Failure, Unreachability
from layerhold.engine.about import Endpoint
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context

Reach = Callable[[Endpoint, Token], Engine]
Where = Callable[[], Sequence[Endpoint]]

LEAST_TELLING = (
    Unreachability.OTHER,
    Unreachability.UNKNOWN_HOST,
    Unreachability.TIMEOUT,
    Unreachability.REFUSED,
    Unreachability.NO_SOCKET,
)
"""Who is told these can do less and less about them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Places at which no engine could be reached, and why."""

    places: tuple[tuple[Endpoint, Failure], ...]

    @property
    def reason(self) -> Failure:
        """The most telling: an engine that sends us away tells more than one that is not there."""
        reasons = (why for _endpoint, why in self.places)
        return min(reasons, key=_helplessness, default=_nowhere())


def knock(where: Where, reach: Reach, context: Context) -> Engine:
    """Connect to the first of the places that answers; delivers first what was tried in vain."""
    tried: list[tuple[Endpoint, Failure]] = []
    for endpoint in where():
        try:
            engine = reach(endpoint, context.token)
        except Cancelled:
            raise
        except Failure as why:
            tried.append((endpoint, why))
        else:
            context.deliver(Tried(tuple(tried)))
            return engine
    in_vain = Tried(tuple(tried))
    context.deliver(in_vain)
    raise in_vain.reason


def _helplessness(failure: Failure) -> int:
    """How little the user can do with the reason: permission and odd answers are at once clear."""
    if isinstance(failure, EngineUnreachable) and failure.why in LEAST_TELLING:
        return LEAST_TELLING.index(failure.why) + 2
    return 0 if isinstance(failure, EngineUnreachable) else 1


def _nowhere() -> Failure:
    return EngineUnreachable(why=Unreachability.NO_SOCKET)
