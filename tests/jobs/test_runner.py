import logging
import threading

import pytest

from layerhold.domain.errors import Cancelled, EngineRefused
from layerhold.jobs.context import Context
from layerhold.jobs.job import Outcome
from layerhold.jobs.runner import JobRunner


def at_once(run, _title):
    run()


@pytest.fixture
def inline(qapp):  # noqa: ARG001 - an inbox needs one
    """Jobs run at once; `drain` delivers."""
    return JobRunner(spawn=at_once, backlog=0)


def test_work_runs_on_another_thread_and_its_result_arrives_on_this_one(qtbot, runner):
    threads = []
    job = runner.start("Look", lambda _context: threads.append(threading.current_thread()) or 42)
    job.succeeded.connect(lambda result: threads.append((threading.current_thread(), result)))

    with qtbot.waitSignal(job.settled):
        pass

    assert threads[0] is not threading.main_thread()
    assert threads[1] == (threading.main_thread(), 42)
    assert job.outcome is Outcome.SUCCEEDED
    assert not runner.running


def test_a_failure_of_ours_is_handed_over_as_it_is(inline):
    def refuse(_context):
        raise EngineRefused("nginx", "no")

    job = inline.start("Remove", refuse)
    inline.drain()

    assert job.outcome is Outcome.FAILED
    assert isinstance(job.error, EngineRefused)
    assert job.error.subject == "nginx"


def test_a_bug_ends_the_job_and_is_logged_with_its_traceback(inline, caplog):
    job = inline.start("Divide", lambda _context: 1 / 0)
    inline.drain()

    assert job.outcome is Outcome.FAILED
    assert isinstance(job.error, ZeroDivisionError)
    (told,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert told.exc_info is not None
    caplog.clear()


def test_cancel_reaches_work_that_waits(qtbot, runner):
    waiting, told_to_stop = threading.Event(), threading.Event()

    def wait(context: Context):
        with context.token.breaking(told_to_stop.set):
            waiting.set()
            told_to_stop.wait(10)
            context.token.check()

    job = runner.start("Wait", wait)
    assert waiting.wait(5)
    with qtbot.waitSignal(job.cancelled, timeout=1000):
        job.cancel()

    assert job.outcome is Outcome.CANCELLED


def test_what_ended_before_the_cancel_arrived_keeps_its_result(inline):
    job = inline.start("Count", lambda _context: 3)
    job.cancel()
    inline.drain()

    assert job.outcome is Outcome.SUCCEEDED
    assert job.result == 3


def test_an_error_that_the_cancelling_caused_is_no_failure(inline):
    def break_off(context: Context):
        context.token.cancel()
        raise EngineRefused("x", "connection reset")

    job = inline.start("Pull", break_off)
    inline.drain()

    assert job.outcome is Outcome.CANCELLED


def test_reports_in_quick_succession_are_skipped_and_parts_are_not(inline):
    def work(context: Context):
        for number in range(1000):
            context.report(number)
            context.deliver(number)

    seen, parts = [], []
    job = inline.start("Count", work)
    job.progressed.connect(seen.append)
    job.delivered.connect(parts.append)
    inline.drain()

    assert 1 <= len(seen) < 50
    assert parts == list(range(1000))


def test_a_chatty_job_waits_instead_of_filling_the_memory(qtbot, runner):
    """More parts than the backlog holds all arrive, in order."""
    parts = []

    def chatter(context: Context):
        for number in range(3000):
            context.deliver(number)

    job = runner.start("Chatter", chatter)
    job.delivered.connect(parts.append)
    with qtbot.waitSignal(job.settled, timeout=10_000):
        pass

    assert parts == list(range(3000))


def test_lines_of_the_log_are_kept(inline):
    job = inline.start("Pull", lambda context: context.note("Pulling from library/nginx"))
    inline.drain()

    assert list(job.log) == ["Pulling from library/nginx"]


def test_cancelled_work_that_never_began_does_nothing(inline):
    done = []

    def work(context: Context):
        context.token.cancel()
        with pytest.raises(Cancelled):
            context.report(1)
        context.token.check()
        done.append(True)

    job = inline.start("Nothing", work)
    inline.drain()

    assert job.outcome is Outcome.CANCELLED
    assert not done
