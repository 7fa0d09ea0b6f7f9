import threading

from layerhold.jobs.job_log import LOG_LINES, JobLog, LinesUnderWay


def test_a_log_keeps_the_last_lines_and_knows_how_many_there_were():
    log = JobLog()
    log.extend(map(str, range(LOG_LINES)))
    log.append("one more")
    assert (len(log), log.written, log.missing) == (LOG_LINES, LOG_LINES + 1, 1)
    assert next(iter(log)) == "1"
    assert log.since(LOG_LINES) == ("one more",)
    assert log.since(log.written) == ()
    assert len(log.since(0)) == LOG_LINES


def test_one_call_stands_for_all_lines_that_come_before_it_is_answered():
    lines = LinesUnderWay()
    assert [lines.add(text) for text in "abc"] == [True, False, False]
    assert lines.take() == (("a", "b", "c"), 0)
    assert lines.add("d")
    assert lines.take() == (("d",), 0)
    assert lines.take() == ((), 0)


def test_more_lines_than_a_log_keeps_are_counted_and_not_kept():
    lines = LinesUnderWay()
    for number in range(LOG_LINES + 10):
        lines.add(str(number))
    kept, lost = lines.take()
    assert (len(kept), lost, kept[0]) == (LOG_LINES, 10, "10")


def test_every_line_of_a_chatty_thread_is_counted_in_order(qtbot, runner):
    def chatter(context):
        for number in range(100_000):
            context.note(str(number))

    job = runner.start("Chatter", chatter)
    told = []
    job.noted.connect(lambda: told.append(threading.current_thread()))
    with qtbot.waitSignal(job.settled, timeout=20_000):
        pass
    assert job.log.written == 100_000
    assert list(job.log) == [str(number) for number in range(100_000 - LOG_LINES, 100_000)]
    assert set(told) == {threading.main_thread()}
