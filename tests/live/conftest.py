"""Engines for the live tests: one of each kind for the whole run, emptied between tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layerhold.engine.about import Endpoint
from layerhold.engine.api import Engine
from layerhold.engine.docker.engine import connect
from live import buildkit, daemons, docker_registry, family
from live.daemons import Daemon
from live.docker_registry import DockerRegistry
from live.images import write_archive


@pytest.fixture(scope="session")
def running_dockerd() -> Iterator[Daemon]:
    with daemons.docker() as daemon:
        yield daemon


@pytest.fixture(scope="session")
def running_podman() -> Iterator[Daemon]:
    with daemons.podman() as daemon:
        yield daemon


@pytest.fixture(scope="session")
def running_buildkit() -> Iterator[Daemon]:
    """A newer Docker engine, and beside it a `docker` with buildx."""
    with buildkit.docker_with_buildx() as daemon:
        yield daemon


@pytest.fixture
def dockerd(running_dockerd: Daemon) -> Iterator[Daemon]:
    """An empty Docker engine; a test may stop, kill and start it."""
    yield running_dockerd
    _empty(running_dockerd)


@pytest.fixture
def podman_service(running_podman: Daemon) -> Iterator[Daemon]:
    """An empty Podman that speaks Docker's API; a test may stop, kill and start it."""
    yield running_podman
    _empty(running_podman)


@pytest.fixture(params=["dockerd", "podman_service"])
def any_engine(request: pytest.FixtureRequest) -> Daemon:
    """The test runs once with each kind of engine."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def registry() -> Iterator[DockerRegistry]:
    """A registry for everybody, at an address where engines allow plain HTTP."""
    with docker_registry.running() as registry:
        yield registry


@pytest.fixture(scope="session")
def guarded() -> Iterator[DockerRegistry]:
    """As `registry`, with a password."""
    with docker_registry.running(password=True) as registry:
        yield registry


@pytest.fixture
def stocked(any_engine: Daemon, tmp_path: Path) -> Daemon:
    """An engine of each kind with the images of `live.family`."""
    any_engine.load(write_archive(tmp_path / "family.tar", family.SKETCHES))
    return any_engine


@pytest.fixture
def engine(stocked: Daemon) -> Iterator[Engine]:
    """A connection of our own to it."""
    engine = connect(Endpoint("live", stocked.url, "--host"))
    yield engine
    engine.close()


def _empty(daemon: Daemon) -> None:
    if not daemon.is_running:
        daemon.start()
    daemon.remove_everything()
