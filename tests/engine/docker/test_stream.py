import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.errors import DiskFull, EngineGone, EngineRefused, NotAnEngine
from layerhold.engine.docker.address import parse
from layerhold.engine.docker.session import Session
from layerhold.engine.docker.stream import LONGEST_LINE, read_stream

EVENTS = [{"status": f"Verifying {number} ✓", "id": "a"} for number in range(5)]
TEXT = b"".join(json.dumps(event, ensure_ascii=False).encode() + b"\r\n" for event in EVENTS)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The events of a stream that comes in these pieces."""
    from fakes.docker_api import DockerApi

    api = DockerApi(tmp_path_factory.mktemp("stream") / "s")
    session = Session(parse(api.url))

    def read(*chunks, end=True, ends=None):
        api.stream("GET", "/stream", [chunk for chunk in chunks if chunk], end=end)
        with session.client("it", lasting=True) as client:
            return list(read_stream(client.ask("GET", "/stream", stream=True), ends))

    yield read
    session.close()
    api.close()


def statuses(events):
    return [event.status for event in events]


def test_each_line_is_an_event(read):
    assert statuses(read(TEXT)) == [event["status"] for event in EVENTS]


@given(cuts=st.lists(st.integers(0, len(TEXT)), max_size=8))
def test_lines_may_be_split_anywhere(read, cuts):
    edges = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[start:end] for start, end in pairwise(edges)]

    assert statuses(read(*pieces)) == [event["status"] for event in EVENTS]


@given(junk=st.lists(st.binary(min_size=1, max_size=30).filter(lambda it: b"\n" not in it)))
def test_garbage_between_the_lines_is_passed_over(read, junk):
    text = b"\n".join([*(b"!" + each for each in junk), b'{"status":"Pushed"}'])

    assert statuses(read(text)) == ["Pushed"]


@pytest.mark.parametrize(
    "line", [b"[]", b"null", b"7", b'{"status":7}', b'{"progressDetail":[]}', b"{", b'"', b"\xff"]
)
def test_shapes_that_are_no_event_are_passed_over(read, line):
    assert read(line) == []


def test_a_last_line_needs_no_end(read):
    assert statuses(read(b'{"status":"Pushed"}')) == ["Pushed"]


def test_fields_may_be_null(read):
    (event,) = read(b'{"status":null,"id":null,"progressDetail":null,"errorDetail":null}')

    assert not event.status
    assert not event.failure


def test_bytes_are_read_and_drawn_bars_are_not(read):
    (event,) = read(b'{"progressDetail":{"current":5,"total":-1},"progress":"[==> ] 5B"}')

    assert (event.progress_detail.current, event.progress_detail.total) == (5, -1)


def test_a_line_of_a_megabyte_is_a_line(read):
    text = json.dumps({"stream": "x" * (1 << 20)}).encode()
    pieces = [text[start : start + 30_000] for start in range(0, len(text), 30_000)]

    (event,) = read(*pieces)

    assert len(event.stream) == 1 << 20


def test_what_never_ends_a_line_is_no_engine(read):
    with pytest.raises(NotAnEngine):
        read(*[b"x" * (1 << 20)] * (LONGEST_LINE // (1 << 20) + 1))


def test_the_detail_of_an_error_comes_before_the_error(read):
    line = b'{"errorDetail":{"message":"no space left on device"},"error":"failed"}'

    with pytest.raises(DiskFull) as caught:
        read(TEXT, line)

    assert (caught.value.subject, caught.value.detail) == ("it", "no space left on device")


@pytest.mark.parametrize("detail", [b"", b'"errorDetail":{},', b'"errorDetail":{"message":""},'])
def test_an_error_without_detail_is_an_error(read, detail):
    with pytest.raises(EngineRefused) as caught:
        read(b"{" + detail + b'"error":"it broke"}\n', TEXT)

    assert caught.value.detail == "it broke"


def test_a_megabyte_of_error_is_cut(read):
    with pytest.raises(EngineRefused) as caught:
        read(json.dumps({"error": "x" * (1 << 20)}).encode())

    assert len(caught.value.detail) < 3000


def test_an_engine_that_is_killed_is_gone(read):
    with pytest.raises(EngineGone):
        read(TEXT, end=False)


def test_an_end_without_what_is_due_before_it_is_a_loss(read):
    def ends(event):
        return event.status == "Verifying 4 ✓"

    assert len(read(TEXT, ends=ends)) == 5
    with pytest.raises(EngineGone) as caught:
        read(TEXT[: len(TEXT) // 2], ends=ends)

    assert "Verifying" in caught.value.detail
