import socket
import subprocess
import sys
from threading import Event, Thread
from time import monotonic

import pytest

from fakes.docker_api import VERSIONS
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.engine.about import Endpoint
from layerhold.engine.docker import early, wire


def test_the_answers_become_rows(api):
    api.answer("GET", "/images/json", [{"Id": "sha256:aa", "RepoTags": ["a:1"]}])
    api.answer("GET", "/containers/json", [{"Id": "c1", "Names": ["/web"]}])

    answer = early.send(api.endpoint)

    assert answer.api == "1.41"
    assert wire.images_from(answer.images.read(Token()))[0].tags == ("a:1",)
    assert wire.containers_from(answer.containers.read())[0].name == "web"
    assert set(api.asked[1:]) == {
        "GET /v1.41/images/json?all=1",
        "GET /v1.41/containers/json?all=1",
    }


def test_nothing_waits_for_the_list(api):
    api.speak("GET", "/images/json", api.wait)
    api.speak("GET", "/containers/json", api.wait)
    started = monotonic()

    answer = early.send(api.endpoint)

    assert monotonic() - started < 1
    answer.close()


def test_reading_ends_when_cancelled(api):
    here = Event()

    def speak(handler):
        here.set()
        api.wait(handler)

    api.speak("GET", "/images/json", speak)
    answer = early.send(api.endpoint)
    token, raised = Token(), []

    def read():
        try:
            answer.images.read(token)
        except Cancelled as error:
            raised.append(error)

    thread = Thread(target=read, daemon=True)
    thread.start()
    assert here.wait(5)

    token.cancel()

    thread.join(1)
    assert not thread.is_alive()
    assert raised
    answer.close()


@pytest.mark.parametrize(("status", "body"), [(500, "{}"), (404, "no")])
def test_a_refusal_is_asked_for_again_later(api, status, body):
    api.answer("GET", "/images/json", body, status)

    answer = early.send(api.endpoint)

    assert answer.images.read() is None
    answer.close()


def test_half_an_answer_is_none(api):
    def speak(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"[")

    api.speak("GET", "/images/json", speak)
    answer = early.send(api.endpoint)

    assert answer.images.read() is None
    answer.close()


@pytest.mark.parametrize(
    "version", ["<html>", "", "[]", "{}", '{"ApiVersion":"x"}', '{"ApiVersion":"1.12"}']
)
def test_who_is_no_engine_for_us_is_not_asked(api, version):
    api.answer("GET", "/version", version)

    assert early.send(api.endpoint) is None
    assert api.asked == ["GET /version"]


@pytest.mark.parametrize(
    "url", ["unix:///nowhere", "ssh://x", "tcp://", "", "tcp://127.0.0.1:1", "unix:///\0"]
)
def test_where_nothing_answers_it_keeps_quiet(url):
    assert early.send(Endpoint("x", url, "")) is None


def test_a_silent_server_does_not_hold_the_start_up(api, monkeypatch):
    monkeypatch.setattr(early, "GREETING_SECONDS", 0.1)
    api.speak("GET", "/version", api.wait)
    started = monotonic()

    assert early.send(api.endpoint) is None
    assert monotonic() - started < 2


def test_a_server_that_never_ends_does_not_hold_the_start_up(monkeypatch):
    monkeypatch.setattr(early, "GREETING_SECONDS", 0.2)
    done = Event()

    def drip(server):
        connection, _ = server.accept()
        with connection:
            while not done.wait(0.01):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        started = monotonic()
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"

        assert early.send(Endpoint("x", url, "")) is None
        assert monotonic() - started < 2
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("module", "slow"),
    [
        ("early", {"docker", "requests", "urllib3", "msgspec", "http.client"}),
        ("wire", {"docker", "requests", "urllib3", "http.client"}),
    ],
)
def test_nothing_slow_is_imported(module, slow):
    code = f"import sys, layerhold.engine.docker.{module}; print(*sys.modules)"
    paths = ":".join(path for path in sys.path if path)

    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": paths},
    )

    assert not slow & set(found.stdout.split())


def test_every_recorded_engine_is_understood(api):
    for name in VERSIONS:
        api.be(name)
        answer = early.send(api.endpoint)
        assert answer.api == VERSIONS[name]["ApiVersion"]
        answer.close()
