import json
from threading import Event as Flag

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, NotAnEngine
from layerhold.engine.api import Event

TAGGED = {
    "status": "tag",
    "Type": "image",
    "Action": "tag",
    "Actor": {"ID": "sha256:aa", "Attributes": {"name": "a:1"}},
    "time": 1,
    "timeNano": 1_000_000_001,
}
STARTED = {"Type": "container", "Action": "start", "Actor": {"ID": "c1"}, "timeNano": 2}


def streamed(*pieces, more=False):
    """A speaker that sends each piece as a chunk of its own, and the end unless there is more."""

    def speak(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        if not more:
            handler.wfile.write(b"0\r\n\r\n")

    return speak


def line(event):
    return json.dumps(event).encode() + b"\n"


def collected(stream):
    """What came before the loss, which looks like a normal end."""
    events = []
    with pytest.raises(EngineGone):
        events.extend(stream)
    return events


def test_events_in_whatever_pieces_they_come(api, engine):
    text = line(TAGGED) + line(STARTED)
    api.speak("GET", "/events", streamed(text[:10], text[10:-3], text[-3:]))

    assert collected(engine.events(Token())) == [
        Event("image", "tag", "sha256:aa", 1_000_000_001),
        Event("container", "start", "c1", 2),
    ]


def test_unknown_shapes_are_passed_over(api, engine):
    odd = [b"\n", b"[1]\n", b"{}\n", b"what\n", b'{"Type":1}\n', b'{"Type":"image"}\n']
    podman = {"Type": "image", "Action": "loadfromarchive", "Actor": None, "timeNano": None}
    api.speak("GET", "/events", streamed(*odd, line(podman)))

    assert collected(engine.events(Token())) == [Event("image", "loadfromarchive", "", 0)]


def test_only_images_and_containers_are_watched_from_the_last_moment_on(api, engine):
    api.speak("GET", "/events", streamed())

    collected(engine.events(Token(), since_ns=1_000_000_001))

    filters = "filters=%7B%22type%22%3A%5B%22image%22%2C%22container%22%5D%7D"
    assert api.asked[-1] == f"GET /v1.41/events?{filters}&since=1.000000001"


def test_cancelling_ends_a_silent_stream(api, engine):
    token = Token()

    def speak(handler):
        streamed(line(TAGGED), more=True)(handler)
        api.wait(handler)

    api.speak("GET", "/events", speak)
    stream = engine.events(token)
    next(stream)

    token.cancel()

    with pytest.raises(Cancelled):
        next(stream)


def test_leaving_a_stream_hangs_up(api, engine):
    hung_up = Flag()

    def speak(handler):
        streamed(line(TAGGED), more=True)(handler)
        if handler.rfile.read(1) == b"":
            hung_up.set()

    api.speak("GET", "/events", speak)
    stream = engine.events(Token())
    next(stream)

    stream.close()

    assert hung_up.wait(5)


def test_a_line_without_end_is_no_event(api, engine):
    api.speak("GET", "/events", streamed(*[b"x" * (1 << 20)] * 6))

    with pytest.raises(NotAnEngine):
        next(engine.events(Token()))
