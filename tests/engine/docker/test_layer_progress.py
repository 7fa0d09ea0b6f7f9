from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.progress import LayerState, Phase
from layerhold.engine.docker.layer_progress import Transfer, Way
from layerhold.engine.docker.layer_states import BEGINNINGS, STATES, bytes_in, state_in
from layerhold.engine.docker.stream import StreamEvent, WireAmount

PULL, PUSH = Way(Phase.DOWNLOADING, unpacks=True), Way(Phase.UPLOADING)
PODMAN = Way(Phase.DOWNLOADING)


class Clock:
    """Time that passes between two events."""

    def __init__(self, step):
        self.now, self.step = 0.0, step

    def __call__(self):
        self.now += self.step
        return self.now


def event(layer, status, current=None, total=None, units=None):
    detail = None if current is None else WireAmount(current, total, units)
    return StreamEvent(status=status, id=layer, progress_detail=detail)


def told(events, way=PULL, step=1.0, *, finish=False):
    told = []
    transfer = Transfer("it:1", way, told.append, Clock(step))
    for each in events:
        transfer.take(each)
    if finish:
        transfer.finish()
    return told


def a_layer(name, size, steps=4):
    """What Docker says of a layer that it pulls."""
    yield from (event(name, "Downloading", size * n // steps, size) for n in range(steps + 1))
    yield event(name, "Verifying Checksum")
    yield event(name, "Download complete")
    yield from (event(name, "Extracting", size * n // steps, size) for n in range(steps + 1))
    yield event(name, "Pull complete")


NAMES = st.sampled_from("abcde")
AMOUNTS = st.none() | st.builds(
    WireAmount, st.integers(-1, 1000), st.integers(-1, 1000), st.sampled_from([None, "s"])
)
STATUSES = st.sampled_from([*STATES, *(f"{words} 7 seconds" for words in BEGINNINGS), "Odd"])
EVENTS = st.lists(
    st.builds(StreamEvent, status=STATUSES, id=NAMES, progress_detail=AMOUNTS), max_size=80
)


@given(EVENTS, st.sampled_from([PULL, PUSH, PODMAN]), st.sampled_from([0.001, 0.2]))
def test_nothing_that_is_shown_runs_backwards(events, way, step):
    snapshots = told(events, way, step, finish=True)

    shares = [each.share for each in snapshots if each.share is not None]
    ratios = [each.done / each.total for each in snapshots if each.total]
    for shown in (shares, ratios, [each.done for each in snapshots]):
        assert all(before <= after for before, after in pairwise(shown))
    assert all(0 <= each <= 1 for each in shares + ratios)
    assert snapshots[-1].share in {1, None}


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_sums_are_right(sizes):
    waiting = [event(f"l{n}", "Pulling fs layer") for n in range(len(sizes))]
    layers = [each for n, size in enumerate(sizes) for each in a_layer(f"l{n}", size)]
    snapshots = told([*waiting, *layers], finish=True)

    last = snapshots[-1]
    assert last.done == last.total == sum(sizes)
    assert [layer.state for layer in last.layers] == [LayerState.PULLED] * len(sizes)
    for each in snapshots:
        if all(layer.state is not LayerState.WAITING for layer in each.layers):
            assert each.total == sum(sizes)


def test_a_total_is_told_only_when_it_is_known():
    snapshots = told(
        [
            event("a", "Pulling fs layer"),
            event("b", "Pulling fs layer"),
            event("a", "Downloading", 50, 100),
            event("b", "Downloading", 10, 300),
        ]
    )

    assert [each.total for each in snapshots] == [None, None, None, 400]
    assert snapshots[-1].done == 60


def test_a_total_that_proves_wrong_is_taken_back():
    snapshots = told(
        [
            event("a", "Downloading", 90, 100),
            event("b", "Downloading", 0, 300),
            event("b", "Downloading", 300, 300),
        ]
    )

    assert [each.total for each in snapshots] == [100, None, 400]


def test_of_all_tags_nobody_knows_the_total():
    way = Way(Phase.DOWNLOADING, unpacks=True, open_ended=True)

    assert {each.total for each in told(a_layer("a", 100), way)} == {None}


def test_what_is_there_already_counts_for_nothing():
    snapshots = told([event("a", "Already exists"), *a_layer("b", 100)], finish=True)

    assert {each.total for each in snapshots[1:]} == {100}
    assert snapshots[-1].layers[0].state is LayerState.EXISTS


def test_a_layer_that_came_is_not_called_one_that_was_there():
    transfer = Transfer("it", PULL, lambda _: None)
    for each in [*a_layer("a", 100), event("a", "Already exists"), event("b", "Already exists")]:
        transfer.take(each)

    assert (transfer.new_layers(), transfer.moved) == (1, 100)


def test_unpacking_is_told_when_all_bytes_are_there():
    phases = [each.phase for each in told(a_layer("a", 100))]

    assert phases[0] is Phase.DOWNLOADING
    assert phases[7] is Phase.EXTRACTING


def test_before_the_first_layer_it_connects():
    (snapshot,) = told([StreamEvent(status="Pulling from it", id="1")])

    assert (snapshot.phase, snapshot.share, snapshot.layers) == (Phase.CONNECTING, None, ())


def test_each_layer_shows_what_is_done_of_what_it_is_at():
    (snapshot,) = told(list(a_layer("a", 100))[-3:-2])

    assert (snapshot.layers[0].done, snapshot.layers[0].total) == (75, 100)


def test_seconds_are_no_bytes():
    assert bytes_in(WireAmount(3, None, "s")) == (0, 0)
    assert bytes_in(WireAmount(3, -1)) == (3, 0)
    (snapshot,) = told([event("a", "Extracting", 3, units="s")])
    assert (snapshot.done, snapshot.layers[0].done) == (0, 0)


def test_more_than_all_is_all():
    """A push counts the headers of its archive too."""
    snapshots = told([event("a", "Pushing", 3_010_560, 3_000_000)], PUSH)

    assert (snapshots[0].done, snapshots[0].total, snapshots[0].share) == (3e6, 3e6, 1)


def test_podman_tells_no_bytes_of_what_comes_fast():
    events = [
        *(event(name, "Pulling fs layer") for name in "abc"),
        *(event(name, "Download complete") for name in "abc"),
    ]
    snapshots = told(events, PODMAN, finish=True)

    assert [each.share for each in snapshots[2:]] == pytest.approx([0, 1 / 3, 2 / 3, 1, 1])
    assert {each.total for each in snapshots} == {None}
    assert [layer.state for layer in snapshots[-1].layers] == [LayerState.PULLED] * 3


def test_speed_and_the_time_that_is_left():
    halves = [event("a", "Downloading", done, 10_000) for done in range(0, 5001, 100)]
    snapshot = told(halves, Way(Phase.DOWNLOADING), step=0.1)[-1]

    assert snapshot.rate == pytest.approx(1000)
    assert snapshot.seconds_left == pytest.approx(5, rel=0.01)


def test_retries_and_mounts_go_on_with_other_words():
    assert state_in(event("a", "Retrying in 5 seconds")) is LayerState.RETRYING
    assert state_in(event("a", "Mounted from library/busybox")) is LayerState.MOUNTED
    assert state_in(StreamEvent(status="Digest: sha256:12")) is None


def test_sixty_layers_at_once_are_told_ten_times_a_second():
    events = [
        event(f"layer {n}", "Downloading", done * 1000, 600_000)
        for done in range(600)
        for n in range(60)
    ]
    before = process_time()
    snapshots = told(events, step=0.001)
    spent = process_time() - before

    assert len(snapshots) == pytest.approx(len(events) * 0.001 / 0.1, rel=0.02)
    assert spent / len(events) < 30e-6
