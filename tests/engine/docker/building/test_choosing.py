import pytest

from layerhold.domain.builders import Builder, Limit, Reason
from layerhold.engine.about import About, Caps, Kind, Store
from layerhold.engine.docker.building import program
from layerhold.engine.docker.building.choosing import choose

DOCKER = About(Kind.DOCKER, "26", "1.45", Store.GRAPH_DRIVER)
PODMAN = About(Kind.PODMAN, "4", "1.41", Store.GRAPH_DRIVER, caps=Caps(buildkit=False))
EMBEDDED = About(
    Kind.DOCKER, "", "", Store.CONTAINERD, caps=Caps(buildkit=False, classic_builder=False)
)


@pytest.fixture
def docker(tmp_path, monkeypatch):
    """Makes `docker` say so when asked for the version of buildx."""
    monkeypatch.setattr(program, "ELSEWHERE", ())
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def make(says, status=0):
        path = tmp_path / "docker"
        path.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
        path.chmod(0o755)

    return make


@pytest.mark.parametrize(
    ("says", "version", "limits"),
    [
        ("github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3", "0.13.1+ds1", {Limit.CLI_LOGINS}),
        ("github.com/docker/buildx v0.29.1 abcdef", "0.29.1", set()),
        ("github.com/docker/buildx v1.0.0-desktop.1 abcdef", "1.0.0-desktop.1", set()),
    ],
)
def test_buildkit_where_it_is_installed(docker, says, version, limits):
    docker(says)
    choice = choose(DOCKER)
    assert (choice.builder, choice.reason) == (Builder.BUILDX, Reason.INSTALLED)
    assert (choice.version, choice.limits) == (version, limits)


def test_an_old_buildx_cannot_be_followed(docker):
    docker("github.com/docker/buildx v0.12.1 abcdef")
    choice = choose(DOCKER)
    assert (choice.builder, choice.reason) == (Builder.CLASSIC, Reason.TOO_OLD)
    assert choice.version == "0.12.1"
    assert {Limit.SECRETS, Limit.MOUNTS, Limit.DEPRECATED} <= choice.limits


@pytest.mark.parametrize(("says", "status"), [("unknown command", 1), ("hello", 0), ("", 0)])
def test_docker_without_the_plugin(docker, says, status):
    docker(says, status)
    assert choose(DOCKER).reason is Reason.NO_PLUGIN


def test_no_docker_at_all(monkeypatch, tmp_path):
    monkeypatch.setattr(program, "ELSEWHERE", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose(DOCKER).reason is Reason.NO_CLI


def test_podman_builds_with_its_own(docker):
    docker("github.com/docker/buildx v0.29.1 abcdef")
    choice = choose(PODMAN)
    assert (choice.builder, choice.reason) == (Builder.CLASSIC, Reason.NO_BUILDKIT)
    assert Limit.SECRETS in choice.limits
    assert Limit.DEPRECATED not in choice.limits


def test_an_engine_that_builds_nothing():
    assert choose(EMBEDDED).builder is None
