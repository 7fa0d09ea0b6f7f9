"""Removals into which others, the user or a power cut come, and what is told about them."""

from threading import Timer

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    ChangedMeanwhile,
    EngineGone,
    EngineUnreachable,
    ImageNotFound,
    InUse,
)
from layerhold.engine.about import Endpoint, Kind
from layerhold.engine.docker.engine import connect
from layerhold.jobs.context import Context, Progressed
from layerhold.jobs.removing import carry_out
from layerhold.planning.removal import plan
from layerhold.planning.targets import OneTag, WholeImage
from layerhold.planning.world import World
from live.family import ids, run, tags
from live.images import Layer, Sketch, busybox, write_archive

pytestmark = [pytest.mark.live, pytest.mark.faults]

COUNT, FEWER = 300, 100
"""Docker removes hundreds in the time that Podman needs for a dozen."""
LAYER = Layer("ADD many /", {"many": b"many"})
MANY = [
    Sketch((LAYER,), (f"example.com/many:{number}",), labels={"number": str(number)})
    for number in range(COUNT)
]
FOUR = [
    Sketch((busybox(),), (f"example.com/four:{number}",), {"n": str(number)}, ("/bin/sleep", "99"))
    for number in range(4)
]
NEW = "example.com/new:1"


def planned(engine, targets):
    images = {image.id: image for image in engine.list_images()}
    return plan(World(images, engine.list_containers(), caps=engine.about.caps), targets)


def do(engine, plan, when, act):
    """Carry the plan out, and act as soon as so many of its rows are done."""
    acted = []

    def post(report):
        if isinstance(report, Progressed) and report.snapshot.done >= when and not acted:
            acted.append(act())

    token = Token()
    act = token.cancel if act is None else act
    result = carry_out(engine, plan, {}, Context(post, token))
    assert acted
    return result


@pytest.fixture
def connection(any_engine):
    engine = connect(Endpoint("live", any_engine.url, "--host"))
    yield engine
    engine.close()


@pytest.fixture
def four(connection, any_engine, tmp_path):
    any_engine.load(write_archive(tmp_path / "four.tar", FOUR))
    return connection


@pytest.fixture
def many(connection, any_engine, tmp_path):
    few = connection.about.kind is Kind.PODMAN
    any_engine.load(write_archive(tmp_path / "many.tar", MANY[:FEWER] if few else MANY))
    return connection


def test_only_what_changed_since_the_plan_is_left_alone(four, any_engine):
    vanishes, moves, starts, stays = FOUR

    def change():
        any_engine.cli("rmi", *vanishes.tags)
        any_engine.cli("tag", moves.id, NEW)
        run(any_engine, starts)

    wanted = [OneTag(each.id, *each.tags) for each in FOUR]
    result = do(four, planned(four, wanted), 0, change)

    failures = {
        each.row.target.image_id: type(each.failure) for each in result.rows if each.failure
    }
    assert failures.pop(vanishes.id) is ImageNotFound
    assert failures.pop(moves.id) is ChangedMeanwhile
    # Where containers were listed a moment ago, the engine itself is left to refuse.
    assert failures.pop(starts.id) in {ChangedMeanwhile, InUse}
    assert failures == {}
    assert result.images == (stays.id,)
    assert ids(four) == {moves.id, starts.id}
    assert set(tags(four)) == {*moves.tags, NEW, *starts.tags}


def test_a_run_that_is_cancelled_tells_what_it_did(many):
    before = ids(many)
    result = do(many, planned(many, map(WholeImage, before)), 20, None)

    assert 20 <= len(result.images) < len(before)
    assert result.failed == ()
    assert ids(many) == {row.target.image_id for row in result.left}
    assert ids(many) == before - set(result.images)


@pytest.mark.parametrize(
    "seconds",
    [0.01, *(pytest.param(each / 1000, marks=pytest.mark.thorough) for each in (0, 2, 5, 20, 50))],
)
def test_a_run_whose_engine_is_killed_tells_what_it_did(many, any_engine, seconds):
    killing = Timer(seconds, any_engine.kill)
    result = do(many, planned(many, map(WholeImage, ids(many))), 20, killing.start)
    killing.join()
    any_engine.start()

    (failed,) = result.failed
    assert isinstance(failed.failure, EngineGone | EngineUnreachable)
    assert failed is result.rows[-1]
    assert 20 <= len(result.images) == len(result.rows) - 1
    unsure = {failed.row.target.image_id}
    left = {row.target.image_id for row in result.left}
    assert ids(many) - unsure == left
    assert not ids(many) & set(result.images)
