"""Which engines there may be, in the order in which to try them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.cancel import Token
from layerhold.domain.errors import ConfigProblem, Failure, UnusableContext
from layerhold.engine import addresses, contexts, sockets
from layerhold.engine.api import Endpoint, Engine
from layerhold.engine.candidates import (
    Candidate,
    Choice,
    Surroundings,
    asked_for,
    current,
    of_context,
)
from layerhold.engine.sockets import ROOT
from layerhold.engine.store import places
from layerhold.registry import docker_config


@dataclass(frozen=True, slots=True)
class Found:
    """What a look around brought up."""

    endpoints: tuple[Endpoint, ...] = ()
    """What can be tried, best first, each engine once; the embedded store comes last."""
    unusable: tuple[tuple[Endpoint, Failure], ...] = ()
    """What is named somewhere and cannot be used, and why (ssh and TLS come later)."""
    absent: tuple[Endpoint, ...] = ()
    """Known sockets that are not there."""
    problems: tuple[ConfigProblem, ...] = ()
    """Configuration files that could not be read."""
    asked_for: str = ""
    """Who named the engine to use (`--host`, `DOCKER_HOST`, …); then no other may replace it."""
    current: str = ""
    """The context that Docker's configuration says to use."""
    store: Endpoint | None = None
    """The embedded store of the user, which is always there."""

    @property
    def refusal(self) -> Failure | None:
        """Why the engine that the user asked for cannot even be tried."""
        asked = (why for endpoint, why in self.unusable if endpoint.source == self.asked_for)
        return next(asked, None)

    def doubts(self, tried: Iterable[tuple[Endpoint, Failure]] = ()) -> tuple[Failure, ...]:
        """What the configuration says and cannot be followed; `tried`: what did not answer."""
        if self.asked_for:
            return self.problems if self.refusal else ()
        failed = (why for endpoint, why in (*self.unusable, *tried) if self._is_current(endpoint))
        useless = [UnusableContext(self.current, why) for why in failed]
        return (*useless[:1], *self.problems)

    def _is_current(self, endpoint: Endpoint) -> bool:
        return endpoint.source == "context" and endpoint.name == self.current

    @property
    def to_try(self) -> tuple[Endpoint, ...]:
        """Where to connect without being told: the engine asked for and no other, else all.

        Known sockets that are not there come after all engines: one of them may appear. The store
        comes last, since it always answers.
        """
        if not self.asked_for:
            engines = tuple(it for it in self.endpoints if it != self.store)
            return (*engines, *self.absent, *((self.store,) if self.store else ()))
        return tuple(it for it in self.endpoints if it.source == self.asked_for)


def look(choice: Choice, environ: Mapping[str, str], home: Path, root: Path = ROOT) -> Found:
    """Every engine that is named or known; asks none of them, and raises nothing."""
    around = Surroundings(environ, home, root)
    known, problems = contexts.read(around.config_folder)
    config, problem = docker_config.read(around.config_folder)
    asked = asked_for(choice, around, known)
    candidates = (
        *((asked,) if asked else ()),
        *current(config.current_context, around, known),
        *map(of_context, known),
    )
    known_sockets = tuple(sockets.places(environ, home, root))
    there = tuple(filter(sockets.is_there, known_sockets))
    usable, unusable = _usable(candidates)
    store = places.own(environ, home)
    return Found(
        endpoints=_each_once((*usable, *there, store)),
        unusable=unusable,
        absent=tuple(place for place in known_sockets if place not in there),
        problems=((problem,) if problem else ()) + problems,
        asked_for=asked.source if asked else "",
        current=config.current_context,
        store=store,
    )


def endpoints(
    choice: Choice, environ: Mapping[str, str], home: Path, root: Path = ROOT
) -> tuple[Endpoint, ...]:
    """What can be tried, best first, each engine once."""
    return look(choice, environ, home, root).endpoints


def first(
    choice: Choice, environ: Mapping[str, str], home: Path, root: Path = ROOT
) -> Endpoint | None:
    """Where to send the request that goes out before the window is built, unless to a store."""
    found = look(choice, environ, home, root)
    there = (endpoint for endpoint in found.to_try if endpoint not in found.absent)
    return next((endpoint for endpoint in there if places.path(endpoint.url) is None), None)


def reach(endpoint: Endpoint, token: Token) -> Engine:
    """Connect, whatever kind of engine it is; raises `Failure` if none answers."""
    if places.path(endpoint.url) is not None:
        from layerhold.engine.store import engine as store

        return store.connect(endpoint, token)
    from layerhold.engine.docker import engine  # the SDK takes long to import

    return engine.connect(endpoint, token)


def _usable(
    candidates: Iterable[Candidate],
) -> tuple[list[Endpoint], tuple[tuple[Endpoint, Failure], ...]]:
    usable: list[Endpoint] = []
    unusable: dict[str, tuple[Endpoint, Failure]] = {}
    for candidate in candidates:
        try:
            usable.append(_endpoint(candidate))
        except Failure as why:
            shown = addresses.without_password(candidate.address)
            name = shown if candidate.source == "--host" else candidate.name
            endpoint = Endpoint(name, shown, candidate.source)
            unusable.setdefault(shown or candidate.name, (endpoint, why))
    return usable, tuple(unusable.values())


def _endpoint(candidate: Candidate) -> Endpoint:
    if candidate.problem:
        raise candidate.problem
    if candidate.source == places.OPTION:
        return places.named(candidate.address)
    url = addresses.normalized(candidate.address, encrypted=candidate.encrypted)
    name = url if candidate.source == "--host" else candidate.name
    return Endpoint(name, url, candidate.source)


def _each_once(found: Iterable[Endpoint]) -> tuple[Endpoint, ...]:
    """The first name of each engine."""
    once: dict[str, Endpoint] = {}
    for endpoint in found:
        once.setdefault(addresses.same_place(endpoint.url), endpoint)
    return tuple(once.values())
