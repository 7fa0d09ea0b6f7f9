"""Which engines there may be, in the order in which to try them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.cancel import Token
from layerhold.domain.errors import ConfigProblem, Failure, UnusableChoice, UnusableContext
from layerhold.engine import addresses, contexts, kept, sockets
from layerhold.engine.about import Endpoint
from layerhold.engine.api import Engine
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
    chosen: Endpoint | None = None
    """The engine that the user chose last, if it is one of these."""

    @property
    def refusal(self) -> Failure | None:
        """Why the engine that the user asked for cannot even be tried."""
        asked = (why for endpoint, why in self.unusable if endpoint.source == self.asked_for)
        return next(asked, None)

    def doubts(self, tried: Iterable[tuple[Endpoint, Failure]] = ()) -> tuple[Failure, ...]:
        """What the configuration says and cannot be followed; `tried`: what did not answer."""
        if self.asked_for:
            return self.problems if self.refusal else ()
        if self.chosen:
            why = dict(tried).get(self.chosen)
            return (*([UnusableChoice(self.chosen.name, why)] if why else []), *self.problems)
        failed = (why for endpoint, why in (*self.unusable, *tried) if self._is_current(endpoint))
        useless = [UnusableContext(self.current, why) for why in failed]
        return (*useless[:1], *self.problems)

    def _is_current(self, endpoint: Endpoint) -> bool:
        return endpoint.source == "context" and endpoint.name == self.current

    @property
    def to_try(self) -> tuple[Endpoint, ...]:
        """Where to connect without being told: the engine asked for and no other, else all.

        The engine that was chosen last comes first. Known sockets that are not there come after all
        engines: one of them may appear. The store comes last, since it always answers.
        """
        if not self.asked_for:
            engines = tuple(it for it in self.endpoints if it != self.store)
            every = (*engines, *self.absent, *((self.store,) if self.store else ()))
            return tuple(sorted(every, key=lambda place: place != self.chosen))
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
    remembered, spoiled = kept.read(kept.file(environ, home))
    store = places.own(environ, home, remembered.store)
    every = _each_once((*usable, *there, store))
    absent = tuple(place for place in known_sockets if place not in there)
    return Found(
        endpoints=every,
        unusable=unusable,
        absent=absent,
        problems=tuple(filter(None, (problem, *problems, spoiled))),
        asked_for=asked.source if asked else "",
        current=config.current_context,
        store=store,
        chosen=next((it for it in (*every, *absent) if it.url == remembered.chosen), None),
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
    place = next((it for it in found.to_try if it not in found.absent), None)
    return place if place and places.path(place.url) is None else None


def reach(endpoint: Endpoint, token: Token) -> Engine:
    """Connect, whatever kind of engine it is; raises `Failure` if none answers."""
    if places.path(endpoint.url) is not None:
        from layerhold.engine.store import engine as store

        return store.connect(endpoint, token)
    from layerhold.engine.docker import engine  # HTTP takes long to import

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
