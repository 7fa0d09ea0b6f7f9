import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineUnreachable, Unreachability
from layerhold.engine.connect import reach
from layerhold.jobs.refresher import Refresher
from layerhold.jobs.silence import Silence

GREETED = "/version"


@pytest.fixture
def engine(small_engine, endpoint):
    small_engine.images = {f"sha256:{number:064x}": [] for number in range(3)}
    engine = reach(endpoint, Token())
    yield engine
    engine.close()


@pytest.fixture
def refresher(qtbot, runner, engine):
    refresher = Refresher(runner)
    with qtbot.waitSignal(refresher.taken):
        refresher.attend(engine)
    yield refresher
    refresher.attend(None)


@pytest.fixture
def silence(runner, refresher, endpoint):
    silence = Silence(runner, patience_ms=100)
    silence.mind(refresher.listing)
    silence.attend(endpoint)
    yield silence
    silence.attend(None)


def fall_silent(small_engine):
    small_engine.may_answer.clear()
    small_engine.may_greet.clear()


def wake(small_engine):
    small_engine.may_greet.set()
    small_engine.may_answer.set()


def test_a_question_that_stays_open_shows_that_nobody_answers(
    qtbot, silence, refresher, small_engine
):
    fall_silent(small_engine)
    with qtbot.waitSignal(silence.fallen) as told:
        refresher.refresh()
    (failure,) = told.args
    assert isinstance(failure, EngineUnreachable)
    assert failure.why is Unreachability.TIMEOUT

    with qtbot.waitSignal(silence.broken):
        wake(small_engine)


def test_an_engine_that_is_only_slow_is_not_silent(qtbot, silence, refresher, small_engine):
    small_engine.may_answer.clear()
    before = small_engine.asked[GREETED]
    with qtbot.assertNotEmitted(silence.fallen):
        refresher.refresh()
        qtbot.waitUntil(lambda: small_engine.asked[GREETED] > before)
        small_engine.may_answer.set()
        qtbot.waitUntil(lambda: not refresher.listing.running)


def test_nobody_is_asked_while_nothing_is_open(qtbot, silence, refresher, small_engine):
    with qtbot.waitSignal(refresher.taken):
        refresher.refresh()
    before = small_engine.asked.total()

    fall_silent(small_engine)
    with qtbot.assertNotEmitted(silence.fallen, wait=400):
        pass
    assert small_engine.asked.total() == before


def test_an_engine_that_is_left_is_nobodys_concern(qtbot, silence, refresher, small_engine):
    fall_silent(small_engine)
    refresher.refresh()
    silence.attend(None)

    with qtbot.assertNotEmitted(silence.fallen, wait=400):
        pass
    wake(small_engine)
