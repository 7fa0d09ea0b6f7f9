"""Connect to the first engine that answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineUnreachable, Failure, Unreachability
from layerhold.engine.api import Endpoint, Engine
from layerhold.jobs.context import Context

Reach = Callable[[Endpoint, Token], Engine]
Where = Callable[[], Sequence[Endpoint]]

NOBODY_THERE = frozenset({Unreachability.NO_SOCKET, Unreachability.REFUSED})


@dataclass(frozen=True, slots=True)
class Tried:
    """Places at which no engine could be reached, and why."""

    places: tuple[tuple[Endpoint, Failure], ...]

    @property
    def reason(self) -> Failure:
        """The most telling: an engine that sends us away tells more than one that is not there."""
        reasons = [why for _endpoint, why in self.places]
        return next(filter(_tells_more, reasons), reasons[0] if reasons else _nowhere())


def knock(where: Where, reach: Reach, context: Context) -> Engine:
    """Connect to the first of the places that answers; delivers `Tried` before it fails."""
    tried: list[tuple[Endpoint, Failure]] = []
    for endpoint in where():
        try:
            return reach(endpoint, context.token)
        except Cancelled:
            raise
        except Failure as why:
            tried.append((endpoint, why))
    in_vain = Tried(tuple(tried))
    context.deliver(in_vain)
    raise in_vain.reason


def _tells_more(why: Failure) -> bool:
    return not (isinstance(why, EngineUnreachable) and why.why in NOBODY_THERE)


def _nowhere() -> Failure:
    return EngineUnreachable(why=Unreachability.NO_SOCKET)
