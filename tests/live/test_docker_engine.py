"""Every verb of an engine behind the Docker API, on Docker and on Podman."""

from threading import Event, Thread
from time import time_ns

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.containers import State
from layerhold.domain.errors import (
    Cancelled,
    ContainerNotFound,
    EngineRefused,
    ImageNotFound,
    InUse,
    InvalidReference,
    SeveralTags,
    Unsupported,
)
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker import early, wire
from layerhold.engine.docker.engine import connect
from live.images import Layer, Sketch, busybox, write_archive

pytestmark = pytest.mark.live

ONE, TWO = "example.com/it:one", "example.com/it:two"
PAYLOAD = Layer("COPY payload /srv # buildkit", {"srv/payload": b"x" * 5000})
SKETCH = Sketch((busybox(), Layer("ENV A=b"), PAYLOAD), (ONE,), {"k": "v"}, ("/bin/sleep", "99"))


@pytest.fixture
def engine(any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "it.tar", [SKETCH]))
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


def test_an_image_as_it_was_made(engine):
    (image,) = engine.list_images()

    assert (image.id, image.tags, image.labels) == (SKETCH.id, (ONE,), {"k": "v"})
    assert engine.image(ONE).id == SKETCH.id
    assert SKETCH.id.removeprefix("sha256:").encode() in engine.inspect(SKETCH.id)


def test_what_it_is_made_of(engine):
    payload, env, base = engine.steps(SKETCH.id)
    anatomy = engine.anatomy(SKETCH.id)

    assert (payload.diff_id, env.diff_id, base.diff_id) == (PAYLOAD.diff_id, "", busybox().diff_id)
    assert all(step.exact for step in (payload, env, base))
    assert anatomy.platform == "linux/amd64"
    assert [layer.chain_id for layer in anatomy.layers] == [base.chain_id, payload.chain_id]
    assert anatomy.layers[1].size >= 5000
    assert anatomy.exact


def test_tags_come_and_go(engine):
    engine.tag(SKETCH.id, TWO)
    assert set(engine.image(SKETCH.id).tags) == {ONE, TWO}
    with pytest.raises(SeveralTags):
        engine.remove(SKETCH.id)

    assert engine.remove(ONE).untagged == (ONE,)
    assert SKETCH.id in engine.remove(SKETCH.id).deleted

    assert engine.list_images() == ()


def test_what_is_wrong_is_named(engine):
    with pytest.raises(InvalidReference):
        engine.tag(SKETCH.id, "Upper:1")
    for ask in (engine.image, engine.inspect, engine.steps, engine.anatomy, engine.remove):
        with pytest.raises(ImageNotFound):
            ask("example.com/nothing@sha256:" + "0" * 64)
    for ask in (engine.stop_container, engine.remove_container):
        with pytest.raises(ContainerNotFound):
            ask("nothing")


def test_containers_hold_images_until_they_are_gone(engine, any_engine):
    options = ("--detach", "--network=none", "--stop-signal=KILL", "--name=holder")
    any_engine.cli("run", *options, ONE)
    (container,) = engine.list_containers()
    assert (container.name, container.image_id) == ("holder", SKETCH.id)
    assert container.state is State.RUNNING
    with pytest.raises(InUse) as caught:
        engine.remove(SKETCH.id)
    assert container.id.startswith(caught.value.containers[0])
    assert caught.value.firmly is (engine.about.kind is Kind.DOCKER)
    with pytest.raises(EngineRefused):
        engine.remove_container(container.id)

    engine.stop_container(container.id)
    assert engine.list_containers()[0].state is State.EXITED
    engine.stop_container(container.id)
    engine.remove_container(container.id)

    assert engine.list_containers() == ()
    assert engine.remove(ONE).deleted


def test_events_tell_that_something_changed_since(engine):
    before = time_ns()
    engine.tag(SKETCH.id, TWO)
    token = Token()

    event = next(engine.events(token, before))

    assert (event.type, event.action) == ("image", "tag")
    assert event.time_ns > before


def test_watching_ends_when_cancelled(engine):
    token, before, first, ended = Token(), time_ns(), Event(), Event()
    engine.tag(SKETCH.id, TWO)

    def watch():
        try:
            for _ in engine.events(token, before):
                first.set()
        except Cancelled:
            ended.set()

    Thread(target=watch, daemon=True).start()
    assert first.wait(5)

    token.cancel()

    assert ended.wait(1)


def test_disk_usage(engine):
    usage = engine.disk_usage()

    if engine.about.kind is Kind.PODMAN:
        assert usage.build_cache is None
        with pytest.raises(Unsupported):
            engine.prune_build_cache()
    else:
        assert usage.images == sum(layer.size for layer in engine.anatomy(ONE).layers)
        assert engine.prune_build_cache(everything=True) == 0


def test_the_early_answer_shows_the_same(engine, any_engine):
    answer = early.send(Endpoint("live", any_engine.url, "--host"))

    assert wire.images_from(answer.images.read()) == engine.list_images()
    assert wire.containers_from(answer.containers.read()) == engine.list_containers()
    assert answer.api == engine.about.api
