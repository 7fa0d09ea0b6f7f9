from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layerhold.domain.cancel import Token
from layerhold.domain.container_errors import LogUnreadable
from layerhold.domain.containers import LogLine
from layerhold.domain.errors import Cancelled, ContainerNotFound, EngineGone
from layerhold.engine.docker.container_log import LONGEST

LOGS = "/containers/c1/logs"


def frame(text, stream=1):
    data = text.encode() if isinstance(text, str) else text
    return bytes([stream, 0, 0, 0]) + len(data).to_bytes(4, "big") + data


def container(api, *, tty=False):
    api.answer("GET", "/containers/c1/json", {"Config": {"Tty": tty}})


def lines(engine, tail=None, **options):
    return list(engine.container_log("c1", tail, **options))


def test_both_streams_are_told_apart(api, engine):
    container(api)
    api.stream("GET", LOGS, [frame("out\n") + frame("err\n", 2), frame("more\n")])

    assert lines(engine) == [LogLine("out"), LogLine("err", error=True), LogLine("more")]
    assert api.asked[-1].endswith("/logs?stdout=true&stderr=true&follow=false&tail=all")


def test_the_last_lines_only_and_what_comes(api, engine):
    container(api)
    api.stream("GET", LOGS, [frame("x\n")])

    lines(engine, 20, follow=True)

    assert api.asked[-1].endswith("/logs?stdout=true&stderr=true&follow=true&tail=20")


def test_a_terminal_has_no_frames(api, engine):
    container(api, tty=True)
    api.stream("GET", LOGS, [b"one\r\ntw", b"o\r\n\x02rest"])

    assert lines(engine) == [LogLine("one"), LogLine("two"), LogLine("\x02rest")]


def test_each_stream_goes_on_with_its_own_line(api, engine):
    container(api)
    pieces = [frame("be"), frame("er", 2), frame("gun\n"), frame("ror\nlast", 2)]
    api.stream("GET", LOGS, pieces)

    assert lines(engine) == [
        LogLine("begun"),
        LogLine("error", error=True),
        LogLine("last", error=True),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(cuts=st.lists(st.integers(1, 200), max_size=8))
def test_it_does_not_matter_where_the_engine_cuts(api, engine, cuts):
    whole = b"".join(frame(f"grüße {number} ☃\n", 1 + number % 2) for number in range(8))
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    container(api)
    pieces = [whole[a:b] for a, b in pairwise(places)]
    api.stream("GET", LOGS, pieces)

    expected = [LogLine(f"grüße {number} ☃", error=bool(number % 2)) for number in range(8)]
    assert lines(engine) == expected


def test_bytes_that_are_no_text_are_shown_as_such(api, engine):
    container(api)
    api.stream("GET", LOGS, [frame(b"a\xff\xc3"), frame(b"\xbc\n")])

    assert lines(engine) == [LogLine("a\ufffdü")]


def test_a_line_without_end_does_not_fill_the_memory(api, engine):
    container(api)
    api.stream("GET", LOGS, [frame(b"x" * 10_000)] * 20)

    read = lines(engine)

    assert sum(len(line.text) for line in read) == 200_000
    assert max(len(line.text) for line in read) <= LONGEST + 10_000


def test_a_container_that_says_nothing(api, engine):
    container(api)
    api.stream("GET", LOGS, [])

    assert lines(engine) == []


def test_lines_come_as_they_are_written_until_cancelled(api, engine):
    container(api)
    token = Token()

    def speak(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        line = frame("first\n")
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(line), line))
        api.closing.wait(60)

    api.speak("GET", LOGS, speak)
    log = engine.container_log("c1", None, token, follow=True)
    assert next(log) == LogLine("first")

    token.cancel()

    with pytest.raises(Cancelled):
        next(log)


def test_an_engine_that_dies_meanwhile(api, engine):
    container(api)
    api.stream("GET", LOGS, [frame("x\n")], end=False)

    with pytest.raises(EngineGone):
        lines(engine)


def test_a_container_whose_log_nobody_keeps(api, engine):
    container(api)
    words = "configured logging driver does not support reading"
    api.answer("GET", LOGS, {"message": words}, 501)

    with pytest.raises(LogUnreadable) as caught:
        lines(engine)
    assert (caught.value.subject, caught.value.detail) == ("c1", words)


def test_a_container_that_is_gone(api, engine):
    api.answer("GET", "/containers/c1/json", {"message": "No such container: c1"}, 404)

    with pytest.raises(ContainerNotFound):
        lines(engine)
