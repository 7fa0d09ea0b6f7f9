"""Cancel for real: sockets, threads, and servers that say nothing or never stop."""

import socket
from threading import Event, Thread
from time import monotonic

import pytest

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled, EngineGone, EngineUnreachable, Unreachability
from layerhold.domain.login import Login
from layerhold.domain.transfers import PullWish
from layerhold.engine.about import Endpoint
from layerhold.engine.docker.engine import connect


class Waiter(Thread):
    """Does something in a thread, and keeps what it raised."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work = work
        self.raised = None
        self.start()

    def run(self):
        try:
            self.work()
        except (Cancelled, EngineGone) as error:
            self.raised = error

    def ended_within(self, seconds):
        self.join(seconds)
        return not self.is_alive()


def reached(api, method, path, speaker):
    """Set the speaker, and say when it is spoken to."""
    here = Event()

    def speak(handler):
        here.set()
        speaker(handler)

    api.speak(method, path, speak)
    return here


def headers_then_silence(api):
    def speak(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"[")
        api.closing.wait(60)

    return speak


def no_end(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"5\r\n[   \n\r\n")


def pull(engine, token):
    engine.pull(PullWish("example.com/a:1"), None, lambda _: None, token)


CALLS = {
    "list_images": ("GET", "/images/json", lambda engine, token: engine.list_images(token)),
    "list_containers": (
        "GET",
        "/containers/json",
        lambda engine, token: engine.list_containers(token),
    ),
    "image": ("GET", "/images/a/json", lambda engine, token: engine.image("a", token)),
    "tag": ("POST", "/images/a/tag", lambda engine, token: engine.tag("a", "b:1", token)),
    "inspect": ("GET", "/images/a/json", lambda engine, token: engine.inspect("a", token)),
    "steps": ("GET", "/images/a/json", lambda engine, token: engine.steps("a", token)),
    "anatomy": ("GET", "/images/a/json", lambda engine, token: engine.anatomy("a", token)),
    "stop": (
        "POST",
        "/containers/a/stop",
        lambda engine, token: engine.stop_container("a", token),
    ),
    "disk_usage": ("GET", "/system/df", lambda engine, token: engine.disk_usage(token)),
    "prune": ("POST", "/build/prune", lambda engine, token: engine.prune_build_cache(token)),
    "pull": ("POST", "/images/create", lambda engine, token: pull(engine, token)),
    "push": (
        "POST",
        "/images/example.com/a/push",
        lambda engine, token: engine.push("example.com/a:1", None, lambda _: None, token),
    ),
    "login": (
        "POST",
        "/auth",
        lambda engine, token: engine.check_login(Login("example.com"), token),
    ),
    "remote": (
        "GET",
        "/distribution/example.com/a:1/json",
        lambda engine, token: engine.remote("example.com/a:1", None, token),
    ),
    "events": ("GET", "/events", lambda engine, token: next(engine.events(token))),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("silence", ["before headers", "after headers", "no end"])
def test_every_call_ends_when_cancelled(api, engine, name, silence):
    api.answer("GET", "/images/example.com/a:1/json", {"message": "No such image: a"}, 404)
    method, path, call = CALLS[name]
    speakers = {"before headers": api.wait, "no end": no_end}
    here = reached(api, method, path, speakers.get(silence) or headers_then_silence(api))
    token = Token()
    waiter = Waiter(lambda: call(engine, token))
    assert here.wait(5)

    token.cancel()

    assert waiter.ended_within(1)
    assert isinstance(waiter.raised, Cancelled)


@pytest.mark.parametrize("name", CALLS)
def test_what_is_cancelled_beforehand_asks_nothing(api, engine, name):
    before = list(api.asked)
    token = Token()
    token.cancel()

    with pytest.raises(Cancelled):
        CALLS[name][2](engine, token)

    assert api.asked == before


def test_connecting_to_a_silent_server_ends_when_cancelled(api):
    here = reached(api, "GET", "/version", api.wait)
    token = Token()
    waiter = Waiter(lambda: connect(api.endpoint, token))
    assert here.wait(5)

    token.cancel()

    assert waiter.ended_within(1)
    assert isinstance(waiter.raised, Cancelled)


def test_where_nobody_accepts_connecting_fails_at_once(tmp_path):
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as first:
        server.bind(path)
        server.listen(0)
        first.connect(path)

        with pytest.raises(EngineUnreachable) as caught:
            connect(Endpoint("x", f"unix://{path}", ""))

    assert caught.value.why is Unreachability.TIMEOUT


def test_a_cancel_that_comes_too_late_changes_nothing(api, engine):
    api.answer("GET", "/images/json", [])
    token = Token()

    assert engine.list_images(token) == ()
    token.cancel()

    assert engine.list_images() == ()


def test_cancelling_one_call_leaves_the_others_alone(api, engine):
    here = reached(api, "GET", "/system/df", api.wait)
    api.answer("GET", "/images/json", [])
    token = Token()
    waiter = Waiter(lambda: engine.disk_usage(token))
    assert here.wait(5)
    assert engine.list_images() == ()

    token.cancel()

    assert waiter.ended_within(1)
    assert engine.list_images() == ()


def test_closing_the_engine_ends_what_waits(api, engine):
    here = reached(api, "GET", "/system/df", api.wait)
    waiter = Waiter(engine.disk_usage)
    assert here.wait(5)

    started = monotonic()
    engine.close()

    assert waiter.ended_within(1)
    assert isinstance(waiter.raised, EngineGone)
    assert monotonic() - started < 1
