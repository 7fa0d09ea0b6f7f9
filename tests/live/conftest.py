"""Engines for the live tests: one of each kind for the whole run, emptied between tests."""

from collections.abc import Iterator

import pytest

from live import daemons
from live.daemons import Daemon


@pytest.fixture(scope="session")
def running_dockerd() -> Iterator[Daemon]:
    with daemons.docker() as daemon:
        yield daemon


@pytest.fixture(scope="session")
def running_podman() -> Iterator[Daemon]:
    with daemons.podman() as daemon:
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


def _empty(daemon: Daemon) -> None:
    if not daemon.is_running:
        daemon.start()
    daemon.remove_everything()
