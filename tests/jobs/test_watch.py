from threading import Event
from time import monotonic

import pytest

from layerhold.domain.errors import EngineGone, EngineUnreachable, Unreachability
from layerhold.engine.about import Endpoint
from layerhold.engine.connect import reach
from layerhold.jobs.watch import Watch


@pytest.fixture
def watch(runner):
    watch = Watch(runner)
    yield watch
    watch.stop()


@pytest.fixture
def live(qtbot, watch, small_engine, endpoint):
    """A watch that is connected and listens."""
    with qtbot.waitSignal(watch.connected):
        watch.switch(endpoint)
    qtbot.waitUntil(lambda: small_engine.listeners == 1)
    return watch


def test_it_connects_and_listens_from_before_it_connected(live, small_engine):
    assert live.engine.endpoint.url == small_engine.url
    assert float(small_engine.since[0]) > 0


def test_a_change_is_announced_after_a_moment(qtbot, live, small_engine):
    with qtbot.waitSignal(live.invalidated) as told:
        started = monotonic()
        small_engine.happen("tag")

    assert told.signal_triggered
    assert 0.25 < monotonic() - started < 1.0


def test_a_storm_is_announced_a_few_times_and_its_last_event_is_not_lost(qtbot, live, small_engine):
    announced = []
    live.invalidated.connect(lambda: announced.append(monotonic()))

    small_engine.happen(*["tag"] * 10_000)
    with qtbot.waitSignal(live.invalidated, timeout=10_000):
        pass
    small_engine.happen("untag")
    last = monotonic()
    qtbot.waitUntil(lambda: bool(announced) and announced[-1] > last, timeout=10_000)

    assert len(announced) < 20


def test_chatter_of_containers_announces_nothing(qtbot, live, small_engine):
    with qtbot.assertNotEmitted(live.invalidated, wait=600):
        small_engine.happen("exec_create: true", "health_status: healthy", "top", kind="container")


def test_an_event_stream_that_ends_is_a_loss_and_is_opened_again(qtbot, live, small_engine):
    small_engine.happen("tag")
    with qtbot.waitSignal(live.invalidated):
        pass
    reasons = []
    live.lost.connect(reasons.append)
    with qtbot.waitSignals([live.lost, live.connected], order="strict"):
        small_engine.end_events()

    assert [type(why) for why in reasons] == [EngineGone]
    qtbot.waitUntil(lambda: len(small_engine.since) == 2)
    assert float(small_engine.since[1]) > float(small_engine.since[0])


def test_an_engine_that_comes_back_is_connected_to_at_once(qtbot, live, small_engine):
    with qtbot.waitSignal(live.lost):
        small_engine.stop()
    # By now the pauses have grown: only the socket's appearing can be this quick.
    live._retry.stop()
    live._pause_ms = 60_000
    with qtbot.waitSignal(live.connected, timeout=2000):
        small_engine.start()

    assert live.engine is not None


def test_the_same_reason_is_told_once(qtbot, watch, folder):
    told = []
    watch.lost.connect(told.append)
    watch.switch(Endpoint("none", f"unix://{folder}/none.sock", "--host"))
    qtbot.waitUntil(lambda: watch._pause_ms == 2000, timeout=5000)

    assert [why.why for why in told] == [Unreachability.NO_SOCKET]


def test_places_are_tried_in_order_and_those_in_vain_are_told(qtbot, watch, folder, endpoint):
    nowhere = Endpoint("none", f"unix://{folder}/none.sock", "socket")

    with qtbot.waitSignal(watch.connected) as told:
        watch.seek(lambda: (nowhere, endpoint))
    assert told.args[0].endpoint == endpoint

    with qtbot.waitSignal(watch.tried) as told:
        watch.seek(lambda: (nowhere,))
    [(place, why)] = told.args[0]
    assert place == nowhere
    assert isinstance(why, EngineUnreachable)


def test_with_no_place_to_try_it_is_lost(qtbot, watch):
    with qtbot.waitSignal(watch.lost) as told:
        watch.seek(tuple)

    assert told.args[0].why is Unreachability.NO_SOCKET


def test_nothing_of_an_engine_arrives_after_another_was_chosen(
    qtbot, runner, small_engine, endpoint
):
    arrived, let_go = Event(), Event()

    def slowly(endpoint, token):
        if endpoint.name == "slow":
            arrived.set()
            let_go.wait(5)
        return reach(endpoint, token)

    watch = Watch(runner, slowly)
    connected = []
    watch.connected.connect(lambda engine: connected.append(engine.endpoint.name))
    watch.switch(Endpoint("slow", small_engine.url, "--host"))
    assert arrived.wait(5)
    with qtbot.waitSignal(watch.connected):
        watch.switch(endpoint)
    let_go.set()
    qtbot.waitUntil(lambda: len(runner.running) == 1)

    assert connected == ["small"]
    watch.stop()


def test_looking_again_while_connected_has_everything_listed(qtbot, live):
    with qtbot.waitSignal(live.invalidated, timeout=100):
        live.look_again()


def test_distrust_connects_anew(qtbot, live):
    with qtbot.waitSignals([live.lost, live.connected], order="strict"):
        live.distrust(EngineGone("x"))


def test_a_stopped_watch_is_silent(qtbot, live, runner, small_engine):
    live.stop()
    qtbot.waitUntil(lambda: not runner.running)

    with qtbot.assertNotEmitted(live.lost, wait=300):
        small_engine.stop()
