"""Pushing to a real registry, logging in to it, and asking what it has."""

from itertools import pairwise

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import ImageNotFound, InvalidReference, Unsupported
from layerhold.domain.login import Login
from layerhold.domain.progress import LayerState
from layerhold.domain.registry_errors import (
    LoginNeeded,
    LoginRefused,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from live import docker_registry, strange_registries
from live.docker_registry import PASSWORD, USER
from live.family import is_podman
from live.images import Layer, Sketch, write_archive

pytestmark = pytest.mark.live

LOCAL = "example.com/it:1"
BIG = Layer("ADD big /", {"big": bytes(range(256)) * 4000})
SMALL = Layer("ADD small /", {"small": b"No other test has this, so that no registry does."})
SKETCH = Sketch((SMALL, BIG), (LOCAL,))
ARM = Sketch((Layer("ADD arm /", {"arm": b"arm"}),), architecture="arm64")


@pytest.fixture
def engine(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "it.tar", [SKETCH]))
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


def push(engine, reference, login=None, report=lambda _: None):
    return engine.push(reference, login, report, Token())


def login_for(registry, secret=PASSWORD):
    return Login(registry.host, USER, secret)


def test_what_was_sent_is_told(engine, registry, tmp_path_factory):
    # Podman remembers what it sent to a repository before.
    name = registry.reference(f"{tmp_path_factory.mktemp('sent').name}:1")
    engine.tag(SKETCH.id, name)
    told = []

    pushed = push(engine, name, report=told.append)

    assert pushed.reference == name
    assert pushed.digest == registry.digest(name.partition("/")[2])
    if is_podman(engine):
        assert (pushed.new_layers, pushed.sent) == (None, None)
        return
    assert pushed.new_layers == 2
    assert pushed.sent > 1_000_000
    assert {layer.state for layer in told[-1].layers} == {LayerState.PUSHED}
    assert told[-1].done == told[-1].total == pushed.sent
    shares = [each.share or 0 for each in told]
    assert all(before <= after for before, after in pairwise(shares))
    again = push(engine, name)
    assert (again.digest, again.new_layers, again.sent) == (pushed.digest, 0, 0)


def test_what_was_pushed_can_be_pulled_by_its_digest(engine, any_engine, registry):
    name = registry.reference("round/trip:1")
    engine.tag(SKETCH.id, name)
    pushed = push(engine, name)
    engine.remove(name)

    any_engine.pull(f"{registry.reference('round/trip')}@{pushed.digest}")

    assert SKETCH.id in {image.id for image in engine.list_images()}


def test_a_registry_with_a_password(engine, guarded):
    name = guarded.reference("mine:1")
    engine.tag(SKETCH.id, name)

    with pytest.raises(LoginNeeded) as needed:
        push(engine, name)
    with pytest.raises(LoginRefused) as refused:
        push(engine, name, login_for(guarded, "wrong"))

    for caught in (needed.value, refused.value):
        assert (caught.subject, caught.registry) == (name, guarded.host)
    assert push(engine, name, login_for(guarded)).digest == guarded.digest("mine:1")


def test_what_is_not_there_cannot_be_pushed(engine, registry):
    with pytest.raises(ImageNotFound) as caught:
        push(engine, registry.reference("nobody:1"))

    assert caught.value.subject == registry.reference("nobody:1")


def test_a_digest_cannot_be_pushed_to(engine, registry):
    with pytest.raises(InvalidReference):
        push(engine, f"{registry.reference('it')}@sha256:{'0' * 64}")


@pytest.mark.parametrize(
    ("host", "why"),
    [("nosuch.invalid", RegistryFault.UNKNOWN_HOST), ("127.0.0.1:9", RegistryFault.REFUSED)],
)
def test_where_no_registry_is(engine, host, why):
    engine.tag(SKETCH.id, f"{host}/it:1")

    with pytest.raises(RegistryUnreachable) as caught:
        push(engine, f"{host}/it:1")

    assert (caught.value.why, caught.value.registry) == (why, host)


def test_a_web_page_is_no_registry(engine):
    with strange_registries.serving(strange_registries.a_web_page) as host:
        engine.tag(SKETCH.id, f"{host}/it:1")
        with pytest.raises(RegistryUnreachable) as caught:
            push(engine, f"{host}/it:1")

    assert caught.value.why is RegistryFault.NOT_A_REGISTRY


@pytest.mark.parametrize(
    ("tls", "why"), [(True, RegistryFault.CERTIFICATE), (False, RegistryFault.PLAIN_HTTP)]
)
def test_a_registry_that_is_not_trusted(engine, *, tls, why):
    with docker_registry.running(tls=tls, host=docker_registry.own_address()) as registry:
        name = registry.reference("it:1")
        engine.tag(SKETCH.id, name)
        with pytest.raises(RegistryUnreachable) as caught:
            push(engine, name)
        with pytest.raises(RegistryUnreachable) as not_logged_in:
            engine.check_login(login_for(registry))

    assert (caught.value.why, caught.value.registry) == (why, registry.host)
    assert (not_logged_in.value.why, not_logged_in.value.registry) == (why, registry.host)


def test_a_login_is_checked_by_the_registry(engine, guarded):
    if is_podman(engine):
        with pytest.raises(RegistryUnreachable) as caught:
            engine.check_login(login_for(guarded))
        assert caught.value.why is RegistryFault.PLAIN_HTTP
        return
    assert engine.check_login(login_for(guarded)) == login_for(guarded)
    for _ in range(2):
        with pytest.raises(LoginRefused) as refused:
            engine.check_login(login_for(guarded, "wrong"))
        assert (refused.value.subject, refused.value.registry) == ("", guarded.host)


@pytest.mark.parametrize(
    ("host", "why"),
    [("nosuch.invalid", RegistryFault.UNKNOWN_HOST), ("127.0.0.1:9", RegistryFault.REFUSED)],
)
def test_where_no_registry_is_nobody_logs_in(engine, host, why):
    with pytest.raises(RegistryUnreachable) as caught:
        engine.check_login(Login(host, USER, PASSWORD))

    assert (caught.value.why, caught.value.registry) == (why, host)


def test_what_a_registry_has_is_asked_through_the_engine(engine, registry, guarded):
    digest, name = registry.add("both:1", SKETCH, ARM), registry.reference("both:1")
    guarded.add("it:1", SKETCH)
    if is_podman(engine):
        with pytest.raises(Unsupported):
            engine.remote(name, None)
        return

    there = engine.remote(name, None)

    assert (there.reference, there.digest) == (name, digest)
    assert there.platforms == ("linux/amd64", "linux/arm64")
    single = engine.remote(guarded.reference("it:1"), login_for(guarded))
    assert single.platforms == ("linux/amd64",)
    for login, failure in ((None, LoginNeeded), (login_for(guarded, "wrong"), LoginRefused)):
        with pytest.raises(failure):
            engine.remote(guarded.reference("it:1"), login)
    with pytest.raises(RemoteNotFound):
        engine.remote(registry.reference("nothing:1"), None)
