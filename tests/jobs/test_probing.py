from threading import Event
from time import monotonic

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineUnreachable, Unreachability
from layerhold.engine.about import About, Endpoint
from layerhold.engine.connect import Found
from layerhold.jobs.asking import answering
from layerhold.jobs.probing import Probe


@pytest.fixture
def nowhere(folder):
    return Endpoint("none", f"unix://{folder}/none.sock", "socket")


def wait_for_ever(_endpoint, token):
    """An engine that accepts and then says nothing; raises when it is cut off."""
    cut = Event()
    with token.breaking(cut.set):
        cut.wait(20)
    raise Cancelled


def test_each_engine_tells_what_it_is_or_why_not(endpoint, nowhere):
    answers = dict(answering([nowhere, endpoint], Token()))

    assert isinstance(answers[endpoint], About)
    assert answers[endpoint].version == "20.10.24"
    assert answers[nowhere].why is Unreachability.NO_SOCKET


def test_silent_engines_take_their_time_together_not_each():
    silent = [Endpoint(str(number), "unix:///x", "socket") for number in range(5)]
    started = monotonic()

    answers = list(answering(silent, Token(), reach=wait_for_ever, seconds=0.2))

    assert monotonic() - started < 1.0
    assert [endpoint for endpoint, _why in answers] == silent
    assert {why.why for _endpoint, why in answers} == {Unreachability.TIMEOUT}


def test_asking_can_be_cancelled(endpoint):
    token = Token()
    token.cancel()

    with pytest.raises(Cancelled):
        list(answering([endpoint], token, reach=wait_for_ever, seconds=5))


def test_a_probe_keeps_the_order_of_names_and_tells_what_cannot_be_tried(
    qtbot, runner, endpoint, nowhere
):
    far = Endpoint("far", "ssh://far", "context")
    refusal = EngineUnreachable(far.url, why=Unreachability.UNSUPPORTED_TRANSPORT)
    store = Endpoint("Embedded store", "oci:///nowhere", "store")
    every = (nowhere, endpoint, store)
    found = Found(endpoints=every, unusable=((far, refusal),), store=store)
    probe = Probe(runner, lambda: found)

    with qtbot.waitSignal(probe.answered) as told:
        probe.look()

    (first, why), (second, about), third, (last, _about) = told.args[0]
    assert (first, second) == (nowhere, endpoint)
    assert isinstance(why, EngineUnreachable)
    assert isinstance(about, About)
    assert third == (far, refusal)
    assert last == store
