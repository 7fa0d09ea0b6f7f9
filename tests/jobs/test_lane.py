import threading

import pytest

from layerhold.domain.errors import DiskFull
from layerhold.jobs.job import Outcome
from layerhold.jobs.lane import Lane


@pytest.fixture
def gate():
    opened = threading.Event()
    yield opened
    opened.set()


def start(runner, lane, gate, count):
    def work(context):
        with context.token.breaking(gate.set):
            gate.wait(10)
        context.token.check()

    return [runner.start(f"Pull {number}", work, lane=lane) for number in range(count)]


def test_only_so_many_jobs_run_at_a_time_and_the_rest_follow_in_order(qtbot, runner, gate):
    order = []
    jobs = start(runner, Lane(2, runner), gate, 4)
    for job in jobs:
        job.settled.connect(lambda job=job: order.append(job.title))
    assert [job.outcome for job in jobs] == [Outcome.RUNNING] * 2 + [Outcome.WAITING] * 2
    assert jobs[2].seconds == 0

    gate.set()
    qtbot.waitUntil(lambda: not runner.running)

    assert {job.outcome for job in jobs} == {Outcome.SUCCEEDED}
    assert set(order[:2]) == {"Pull 0", "Pull 1"}


def test_a_waiting_job_is_cancelled_at_once_and_never_begins(qtbot, runner, gate):
    begun = []
    lane = Lane(1, runner)
    (first,) = start(runner, lane, gate, 1)
    second = runner.start("Pull", lambda _: begun.append(True), lane=lane)

    with qtbot.waitSignal(second.cancelled, timeout=1000):
        second.cancel()

    assert not begun
    assert first.outcome is Outcome.RUNNING


def test_a_wider_lane_lets_those_who_wait_in(qtbot, runner, gate):
    lane = Lane(1, runner)
    jobs = start(runner, lane, gate, 3)
    lane.widen(3)
    assert [job.outcome for job in jobs] == [Outcome.RUNNING] * 3
    gate.set()
    qtbot.waitUntil(lambda: not runner.running)


def test_a_job_that_ends_makes_room_whatever_became_of_it(qtbot, runner, gate):
    lane = Lane(1, runner)

    def fail(_context):
        gate.wait(10)
        raise DiskFull("app:2")

    failing = runner.start("Fail", fail, lane=lane)
    following = runner.start("Follow", lambda _: 7, lane=lane)
    gate.set()
    qtbot.waitUntil(lambda: not runner.running)
    assert (failing.outcome, following.result) == (Outcome.FAILED, 7)
