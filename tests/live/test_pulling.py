"""Pulling from a real registry to real engines, and everything that can be wrong with that."""

import contextlib
from itertools import pairwise

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import InvalidReference, Unsupported
from layerhold.domain.login import Login
from layerhold.domain.progress import LayerState, Phase
from layerhold.domain.registry_errors import (
    LoginNeeded,
    LoginRefused,
    OutOfOrder,
    PlatformMissing,
    RateLimited,
    RegistryFault,
    RegistryUnreachable,
    RemoteNotFound,
)
from layerhold.domain.transfers import PullWish
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from live import docker_registry, strange_registries
from live.docker_registry import PASSWORD, USER
from live.family import is_podman, tags
from live.images import Layer, Sketch, busybox

pytestmark = pytest.mark.live

SHARED = Layer("ADD shared /", {"shared": bytes(range(256)) * 4000})
ONE = Sketch((busybox(), SHARED), labels={"n": "one"})
TWO = Sketch((busybox(), Layer("ADD two /", {"two": b"2"})), labels={"n": "two"})
ARM = Sketch((Layer("ADD arm /", {"arm": b"arm"}),), architecture="arm64")


@pytest.fixture
def engine(any_engine):
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


def pull(engine, reference, login=None, **wish):
    return engine.pull(PullWish(reference, **wish), login, lambda _: None, Token())


def login_for(registry, secret=PASSWORD):
    return Login(registry.host, USER, secret)


def test_what_is_new_is_told(engine, registry):
    digest, name = registry.add("new:1", ONE), registry.reference("new:1")
    told = []

    pulled = engine.pull(PullWish(name), None, told.append, Token())

    (image,) = pulled.images
    assert (image.reference, image.image_id, image.digest) == (name, ONE.id, digest)
    assert (image.displaced, image.was_current, image.platform) == ("", False, "linux/amd64")
    assert (pulled.new_layers, pulled.warnings) == (2, ())
    assert engine.image(name).id == ONE.id
    last = told[-1]
    assert (last.subject, last.share, last.phase) == (name, 1, Phase.DOWNLOADING)
    states = {layer.state for layer in last.layers}
    assert states == {LayerState.PULLED}
    for shown in ([each.share or 0 for each in told], [each.done for each in told]):
        assert all(before <= after for before, after in pairwise(shown))
    if not is_podman(engine):
        assert last.done == last.total == pulled.received > 1_000_000


def test_what_is_there_already_is_told(engine, registry):
    registry.add("there:1", ONE)
    pull(engine, registry.reference("there:1"))

    again = pull(engine, registry.reference("there:1"))

    assert again.images[0].was_current
    assert (again.new_layers, again.received, again.images[0].displaced) == (0, 0, "")


def test_a_tag_that_moves_tells_what_it_leaves(engine, registry):
    name = registry.reference("moves:1")
    registry.add("moves:1", ONE)
    pull(engine, name)
    digest = registry.add("moves:1", TWO)

    moved = pull(engine, name)

    (image,) = moved.images
    assert (image.image_id, image.displaced, image.digest) == (TWO.id, ONE.id, digest)
    assert not image.was_current
    assert moved.new_layers == 1
    assert ONE.id in {each.id for each in engine.list_images()}


def test_by_digest(engine, registry):
    digest = registry.add("fixed:1", ONE)
    name = f"{registry.reference('fixed')}@{digest}"

    (image,) = pull(engine, name).images

    assert (image.reference, image.image_id, image.digest) == (name, ONE.id, digest)
    assert pull(engine, name).images[0].was_current


def test_a_platform_of_several(engine, registry):
    digest, name = registry.add("both:1", ONE, ARM), registry.reference("both:1")

    own = pull(engine, name).images[0]
    other = pull(engine, name, platform="linux/arm64").images[0]

    assert (own.image_id, own.platform) == (ONE.id, "linux/amd64")
    assert (other.image_id, other.platform, other.displaced) == (ARM.id, "linux/arm64", ONE.id)
    assert other.digest == digest or is_podman(engine)


def test_a_platform_that_there_is_not(engine, registry):
    registry.add("some:1", ONE, ARM)

    with pytest.raises(PlatformMissing) as caught:
        pull(engine, registry.reference("some:1"), platform="linux/s390x")

    assert caught.value.platform == "linux/s390x"


def test_an_image_for_one_platform_only_comes_as_it_is(engine, registry):
    """All engines here take what there is, and the caller learns what it is for."""
    registry.add("single:1", ONE)

    (image,) = pull(engine, registry.reference("single:1"), platform="linux/arm64").images

    assert (image.image_id, image.platform) == (ONE.id, "linux/amd64")


def test_all_tags(engine, registry):
    for name, sketch in (("all:1", ONE), ("all:2", TWO), ("all:old", ONE)):
        registry.add(name, sketch)
    name = registry.reference("all")
    if is_podman(engine):
        with pytest.raises(Unsupported):
            pull(engine, name, all_tags=True)
        return
    registry.add("all:1", TWO)
    pull(engine, f"{name}:1")
    registry.add("all:1", ONE)

    pulled = pull(engine, name, all_tags=True)

    came = {image.reference: image for image in pulled.images}
    ids = {name: image.image_id for name, image in came.items()}
    assert ids == {f"{name}:1": ONE.id, f"{name}:2": TWO.id, f"{name}:old": ONE.id}
    assert tags(engine) == ids
    assert came[f"{name}:1"].displaced == TWO.id
    assert came[f"{name}:1"].digest == registry.digest("all:1")
    assert pulled.new_layers == 1


def test_a_registry_with_a_password(engine, guarded):
    guarded.add("mine:1", ONE)
    name = guarded.reference("mine:1")

    with pytest.raises(LoginNeeded) as needed:
        pull(engine, name)
    with pytest.raises(LoginRefused) as refused:
        pull(engine, name, login_for(guarded, "wrong"))
    (image,) = pull(engine, name, login_for(guarded)).images

    for caught in (needed.value, refused.value):
        assert (caught.subject, caught.registry) == (name, guarded.host)
        assert caught.detail
        assert "wrong" not in repr(caught)
    assert image.image_id == ONE.id


@pytest.mark.parametrize("name", ["nothing:1", "something:2"])
def test_what_the_registry_does_not_have(engine, registry, name):
    registry.add("something:1", ONE)

    with pytest.raises(RemoteNotFound) as caught:
        pull(engine, registry.reference(name))

    assert (caught.value.subject, caught.value.registry) == (
        registry.reference(name),
        registry.host,
    )


@pytest.mark.parametrize(
    ("host", "why"),
    [("nosuch.invalid", RegistryFault.UNKNOWN_HOST), ("127.0.0.1:9", RegistryFault.REFUSED)],
)
def test_where_no_registry_is(engine, host, why):
    with pytest.raises(RegistryUnreachable) as caught:
        pull(engine, f"{host}/it:1")

    assert (caught.value.why, caught.value.registry) == (why, host)


def test_a_web_page_is_no_registry(engine):
    with (
        strange_registries.serving(strange_registries.a_web_page) as host,
        pytest.raises(RegistryUnreachable) as caught,
    ):
        pull(engine, f"{host}/it:1")

    assert caught.value.why is RegistryFault.NOT_A_REGISTRY


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [(strange_registries.denied, LoginNeeded), (strange_registries.out_of_order, OutOfOrder)],
)
def test_a_registry_that_refuses_without_a_word(engine, speaker, kind):
    with strange_registries.serving(speaker) as host, pytest.raises(kind) as caught:
        pull(engine, f"{host}/it:1")

    assert (caught.value.subject, caught.value.registry) == (f"{host}/it:1", host)


def test_docker_tells_that_a_registry_was_asked_too_often(dockerd):
    asked_too_often(dockerd)


@pytest.mark.thorough
def test_podman_tells_that_a_registry_was_asked_too_often(podman_service):
    """It asks again for nearly twenty seconds."""
    asked_too_often(podman_service)


def asked_too_often(daemon):
    engine = connect(Endpoint("live", daemon.url, "--host"))
    with (
        contextlib.closing(engine),
        strange_registries.serving(strange_registries.too_often) as host,
        pytest.raises(RateLimited) as caught,
    ):
        pull(engine, f"{host}/it:1")

    assert caught.value.registry == host


@pytest.mark.parametrize(
    ("tls", "why"), [(True, RegistryFault.CERTIFICATE), (False, RegistryFault.PLAIN_HTTP)]
)
def test_a_registry_that_is_not_trusted(engine, *, tls, why):
    with docker_registry.running(tls=tls, host=docker_registry.own_address()) as registry:
        registry.add("it:1", ONE)
        with pytest.raises(RegistryUnreachable) as caught:
            pull(engine, registry.reference("it:1"))

    assert (caught.value.why, caught.value.registry) == (why, registry.host)


def test_a_text_that_is_no_reference_is_not_asked_for(engine):
    with pytest.raises(InvalidReference):
        pull(engine, "example.com/Upper:1")
