"""What pruning lists is what goes, and what the engine's own prune would have deleted."""

import contextlib
import time
from datetime import UTC, datetime

import pytest

from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect
from layerhold.planning.prune import Prune, candidates
from layerhold.planning.removal import plan
from live import registry
from live.graphs import graph
from live.stock import Keeper

pytestmark = pytest.mark.live

NOON = datetime(2024, 6, 15, 12, tzinfo=UTC).timestamp()
NOW = time.time()
PRUNES = {
    "dangling": (Prune(), []),
    "unused": (Prune(all_unused=True), ["--all"]),
    "label": (Prune(all_unused=True, labels=("tier=web",)), ["--all", "--filter=label=tier=web"]),
    "no label": (Prune(all_unused=True, not_labels=("keep",)), ["--all", "--filter=label!=keep"]),
    "old": (
        Prune(all_unused=True, older_than=NOW - NOON),
        ["--all", f"--filter=until={int(NOON)}"],
    ),
}
many = pytest.mark.thorough
seeds = pytest.mark.parametrize(
    "seed", [1, *(pytest.param(each, marks=many) for each in range(2, 12))]
)


@pytest.fixture
def prune_both_ways(tmp_path):
    """Prune the graph of a seed by plan, restore it, and let the engine prune it."""

    def run(daemon, seed, count):
        drawn = graph(seed, count, ("created",))
        with registry.serving() as server:
            drawn.build(daemon, server, tmp_path)
            engine = connect(Endpoint("live", daemon.url, "--host"))
            for prune, options in PRUNES.values():
                keeper = Keeper(daemon, engine)
                by_plan = left_by_plan(keeper, prune)
                drawn.restore(daemon, server, tmp_path)
                compare(by_plan, left_by_engine(keeper, daemon, options))
                drawn.restore(daemon, server, tmp_path)
            engine.close()

    return run


@seeds
def test_docker_prunes_the_same(dockerd, prune_both_ways, seed):
    prune_both_ways(dockerd, seed, 50)


@seeds
def test_podman_prunes_the_same(podman_service, prune_both_ways, seed):
    prune_both_ways(podman_service, seed, 20 if seed == 1 else 50)


def left_by_plan(keeper, prune):
    before = keeper.take_stock()
    planned = plan(before.world, candidates(before.world, prune, NOW))
    result = keeper.carry_out(planned)
    after = keeper.take_stock()
    assert not result.incomplete
    assert before.ids - after.ids == set(planned.deleted) == set(result.images)
    assert before.names - after.names == set(planned.untagged)
    assert before.containers == after.containers
    freed = sum(before.layers.values()) - sum(after.layers.values())
    assert freed == planned.freed.amount == result.freed.amount
    return after


def left_by_engine(keeper, daemon, options):
    left = keeper.take_stock()
    # Docker leaves what dangles only afterwards, and Podman stops at parents that are used.
    while left != (left := prune_once(keeper, daemon, options)):
        pass
    return left


def prune_once(keeper, daemon, options):
    with contextlib.suppress(AssertionError):
        daemon.cli("image", "prune", "--force", *options)
    return keeper.take_stock()


def compare(by_plan, by_engine):
    """Podman also deletes the records of steps under images that stay, which frees nothing."""
    world = by_plan.world
    steps = {
        each for each in world.children.keys() & world.images.keys() if not world.images[each].tags
    }
    assert by_engine.ids <= by_plan.ids
    assert by_plan.ids - by_engine.ids <= (set() if world.caps.parents_hold else steps)
    assert sum(by_plan.layers.values()) == sum(by_engine.layers.values())
