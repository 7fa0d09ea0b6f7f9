"""What a plan says is what real engines do, on random graphs that are taken apart bit by bit."""

from random import Random

import pytest

from layerhold.domain.errors import HasChildren, InUse
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from layerhold.planning.removal import Choice, Effect, plan
from layerhold.planning.sharing import Bytes, together
from layerhold.planning.targets import OneTag, WholeImage
from live import registry
from live.graphs import build_classic, graph
from live.stock import Keeper

pytestmark = pytest.mark.live

ROUNDS = 14
many = pytest.mark.thorough


@pytest.fixture
def take_apart(tmp_path):
    """Build the graph of a seed, and check one plan after the other on it."""

    def run(daemon, seed, count):
        drawn = graph(seed, count)
        with registry.serving() as server:
            drawn.build(daemon, server, tmp_path)
        tags = [tag for sketch in drawn.sketches for tag in sketch.tags]
        build_classic(daemon, seed, tags, tmp_path)
        engine = connect(Endpoint("live", daemon.url, "--host"))
        check_plans(Keeper(daemon, engine), Random(seed))
        engine.close()

    return run


@pytest.mark.parametrize("seed", [1, *(pytest.param(each, marks=many) for each in range(2, 30))])
def test_docker_does_what_plans_say(dockerd, take_apart, seed):
    take_apart(dockerd, seed, 50)


@pytest.mark.parametrize("seed", [1, *(pytest.param(each, marks=many) for each in range(2, 15))])
def test_podman_does_what_plans_say(podman_service, take_apart, seed):
    take_apart(podman_service, seed, 12 if seed == 1 else 50)


def check_plans(keeper, random):
    ran = 0
    for _ in range(ROUNDS):
        before = keeper.take_stock()
        check_blocked_rows(keeper, before, random)
        planned = plan(before.world, *wishes(before.world, random))
        result = keeper.carry_out(planned)
        after = keeper.take_stock()
        check_what_is_gone(planned, before, after)
        check_what_is_told(planned, result)
        ran += len(planned.ticked)
    assert ran > ROUNDS


def wishes(world, random):
    """A few images and tags, most of them ticked, some with one of the remedies offered."""
    every = [WholeImage(image_id) for image_id in world.images]
    every += [WholeImage(each.image_id) for each in world.containers] * 3
    every += [OneTag(image.id, tag) for image in world.images.values() for tag in image.tags]
    targets = random.sample(every, min(len(every), random.randint(3, 8)))
    choices = {
        row.target: Choice(random.random() < 0.9, random.choice([None, *row.remedies * 3]))
        for row in plan(world, targets).rows
    }
    return targets, choices


def check_what_is_gone(planned, before, after):
    assert before.ids - after.ids == set(planned.deleted)
    assert before.containers - after.containers == {each.id for each in planned.containers_deleted}
    assert before.names - after.names == set(planned.untagged)
    gone = {key: before.layers[key] for key in before.layers.keys() - after.layers.keys()}
    assert Bytes(sum(gone.values())) == planned.freed
    if before.world.caps.parents_hold:
        assert gone.keys() == {layer for row in planned.ticked for layer in row.layers}
    assert after.ids <= before.ids


def check_what_is_told(planned, result):
    assert [each.row for each in result.rows] == list(planned.ticked)
    assert result.left == ()
    assert result.failed == ()
    assert set(result.images) == set(planned.deleted)
    assert set(result.untagged) == set(planned.untagged)
    assert {each.id for each in result.containers} == {
        each.id for each in planned.containers_deleted
    }
    assert result.freed == planned.freed == together(row.freed for row in planned.ticked)


def check_blocked_rows(keeper, before, random):
    """What a plan calls blocked, the engine refuses."""
    for image_id in random.sample(sorted(before.ids), min(4, len(before.ids))):
        (row,) = plan(before.world, [WholeImage(image_id)]).rows
        image = before.world.images[image_id]
        names = image.tags + image.digests * before.world.caps.digests_are_references
        if row.effect is Effect.BLOCKED and len(names) <= 1:
            with pytest.raises((InUse, HasChildren)):
                keeper.engine.remove(*(names or [image_id]))
