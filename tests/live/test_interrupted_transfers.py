"""Pulls and pushes that are cancelled, or whose engine is killed, at any moment."""

from hashlib import sha256
from random import Random

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, EngineUnreachable
from layerhold.domain.progress import Phase
from layerhold.domain.transfers import Pulled, PullWish, Pushed
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from live.family import tags
from live.images import Layer, Sketch, write_archive
from live.interrupting import (
    SECONDS_TO_SETTLE,
    assert_no_connection_is_busy,
    cancelled_after,
    killed_after,
)

pytestmark = [pytest.mark.live, pytest.mark.faults]

LAYERS, LAYER_SIZE = 6, 6_000_000
LONGEST = 1.5
"""Seconds that a transfer takes, about."""
LATER = [pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 10)]
MOMENTS = [0, *LATER]


def large(seed):
    """An image that nobody has seen before."""
    random = Random(seed)
    return Sketch(
        tuple(
            Layer(f"ADD {n} /", {f"big{n}": random.randbytes(LAYER_SIZE)}) for n in range(LAYERS)
        ),
        labels={"seed": str(seed)},
    )


@pytest.fixture
def engine(any_engine):
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def to_pull(registry):
    """The name of what is pulled; engines are empty before each test."""
    registry.add("large/pull:1", large("pull"))
    return registry.reference("large/pull:1")


@pytest.fixture
def pulling(engine, to_pull):
    """What pulls it."""
    return to_pull, lambda report, token: engine.pull(PullWish(to_pull), None, report, token)


@pytest.fixture
def pushing(engine, any_engine, registry, request, tmp_path):
    """A name that the registry does not have, nor any of its layers, and what pushes it."""
    test = sha256(request.node.nodeid.encode()).hexdigest()[:12]
    name = registry.reference(f"large/{test}:1")
    sketch = large(test)
    archive = Sketch(sketch.layers, (name,), sketch.labels)
    any_engine.load(write_archive(tmp_path / "large.tar", [archive]))
    return name, lambda report, token: engine.push(name, None, report, token)


def silently(transfer):
    return lambda token: transfer(lambda _: None, token)


def at_once(_told):
    return True


def while_bytes_move(told):
    return told.done > LAYER_SIZE


def while_unpacking(told):
    return told.phase is Phase.EXTRACTING


def when(point, act):
    """A report that acts once, as soon as the point is reached."""
    acted = []

    def report(snapshot):
        if point(snapshot) and not acted:
            acted.append(act())

    return report


@pytest.mark.parametrize("seed", MOMENTS)
def test_a_pull_is_cancelled_at_any_moment(engine, pulling, seed):
    name, pull = pulling

    outcome, settled = cancelled_after(Random(seed).uniform(0, LONGEST), silently(pull))

    assert settled < SECONDS_TO_SETTLE
    assert_no_connection_is_busy(engine)
    if isinstance(outcome, Pulled):
        assert tags(engine)[name] == outcome.images[0].image_id
    assert pull(lambda _: None, Token()).images[0].image_id == tags(engine)[name]


@pytest.mark.parametrize("seed", MOMENTS)
def test_a_push_is_cancelled_at_any_moment(engine, pushing, registry, seed):
    name, push = pushing

    outcome, settled = cancelled_after(Random(seed).uniform(0, LONGEST), silently(push))

    assert settled < SECONDS_TO_SETTLE
    assert_no_connection_is_busy(engine)
    if isinstance(outcome, Pushed):
        assert registry.digest(name.partition("/")[2]) == outcome.digest
    assert name in tags(engine)
    again = push(lambda _: None, Token())
    assert again.digest == registry.digest(name.partition("/")[2])


@pytest.mark.parametrize("point", [at_once, while_bytes_move, while_unpacking])
def test_a_pull_is_cancelled_at_a_certain_point(dockerd, to_pull, point):
    """Podman tells nothing of what comes fast."""
    engine = connect(Endpoint("live", dockerd.url, "--host"))
    token = Token()

    with pytest.raises(Cancelled):
        engine.pull(PullWish(to_pull), None, when(point, token.cancel), token)

    assert to_pull not in tags(engine)
    assert_no_connection_is_busy(engine)
    engine.close()


def test_a_cancelled_push_leaves_no_tag(pushing, registry):
    name, push = pushing
    token = Token()

    with pytest.raises(Cancelled):
        push(when(at_once, token.cancel), token)

    assert registry.digest(name.partition("/")[2]) == ""


def test_an_engine_is_killed_as_it_begins_to_pull(engine, any_engine, pulling):
    name, pull = pulling

    with pytest.raises(EngineGone):
        pull(when(at_once, any_engine.kill), Token())
    any_engine.start()

    assert name not in tags(engine)
    assert pull(lambda _: None, Token()).images[0].image_id == tags(engine)[name]


def test_an_engine_is_killed_as_it_begins_to_push(any_engine, pushing, registry):
    name, push = pushing

    with pytest.raises(EngineGone):
        push(when(at_once, any_engine.kill), Token())
    any_engine.start()

    assert push(lambda _: None, Token()).digest == registry.digest(name.partition("/")[2])


@pytest.mark.parametrize("seed", LATER)
def test_an_engine_is_killed_at_any_moment_of_a_pull(engine, any_engine, pulling, seed):
    name, pull = pulling

    outcome = killed_after(Random(seed).uniform(0, LONGEST), any_engine, silently(pull))

    assert isinstance(outcome, EngineGone | EngineUnreachable | Pulled)
    assert pull(lambda _: None, Token()).images[0].image_id == tags(engine)[name]


@pytest.mark.parametrize("seed", LATER)
def test_an_engine_is_killed_at_any_moment_of_a_push(any_engine, pushing, registry, seed):
    name, push = pushing

    outcome = killed_after(Random(seed).uniform(0, LONGEST), any_engine, silently(push))

    assert isinstance(outcome, EngineGone | EngineUnreachable | Pushed)
    assert push(lambda _: None, Token()).digest == registry.digest(name.partition("/")[2])
