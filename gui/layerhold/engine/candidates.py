"""Who names an engine, and by which address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from layerhold.domain.errors import UnknownContext
from layerhold.engine.contexts import DEFAULT, DockerContext
from layerhold.engine.sockets import ROOT, standard
from layerhold.engine.store import places
from layerhold.registry import docker_config


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user named on the command line: at most one of the three."""

    host: str = ""
    context: str = ""
    store: str = ""
    """The folder of an embedded store."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where to look for names and sockets."""

    environ: Mapping[str, str]
    home: Path
    root: Path = ROOT

    @property
    def config_folder(self) -> Path:
        return docker_config.folder(self.environ, self.home)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An engine as somebody named it."""

    name: str
    address: str
    source: str
    encrypted: bool = False
    problem: UnknownContext | None = None
    """Why the name leads to no address."""


def asked_for(
    choice: Choice, around: Surroundings, known: Iterable[DockerContext]
) -> Candidate | None:
    """The engine that the user asked for, on the command line or in the environment."""
    if choice.host:
        return Candidate(choice.host, choice.host, "--host")
    if choice.store:
        return Candidate(choice.store, choice.store, places.OPTION)
    if choice.context:
        return by_name(choice.context, "--context", around, known)
    if host := _variable("DOCKER_HOST", around):
        return _docker_host(host, "DOCKER_HOST", around)
    if name := _variable("DOCKER_CONTEXT", around):
        return by_name(name, "DOCKER_CONTEXT", around, known)
    return None


def current(name: str, around: Surroundings, known: Iterable[DockerContext]) -> Iterator[Candidate]:
    """The context that `docker context use` chose; none where that is the default one."""
    if name and name != DEFAULT:
        yield by_name(name, "context", around, known)


def by_name(
    name: str, source: str, around: Surroundings, known: Iterable[DockerContext]
) -> Candidate:
    """The context of that name; an unknown one is a problem, never a reason to take another."""
    if name == DEFAULT:
        return _default(source, around)
    names = []
    for context in known:
        if context.name == name:
            return of_context(context, source)
        names.append(context.name)
    return Candidate(name, "", source, problem=UnknownContext(name, (DEFAULT, *names)))


def of_context(context: DockerContext, source: str = "context") -> Candidate:
    return Candidate(context.name, context.host, source, context.encrypted)


def _default(source: str, around: Surroundings) -> Candidate:
    if host := _variable("DOCKER_HOST", around):
        return _docker_host(host, source, around)
    return Candidate(DEFAULT, standard(around.root).url, source)


def _docker_host(host: str, source: str, around: Surroundings) -> Candidate:
    encrypted = bool(_variable("DOCKER_TLS_VERIFY", around))
    return Candidate("DOCKER_HOST", host, source, encrypted)


def _variable(name: str, around: Surroundings) -> str:
    return around.environ.get(name, "").strip()
