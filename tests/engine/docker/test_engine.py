import socket
from threading import Thread

import pytest

from fakes.docker_api import ENGINES, VERSIONS
from layerhold.domain.errors import (
    ApiMismatch,
    EngineGone,
    EngineRefused,
    EngineUnreachable,
    NotAnEngine,
    Unreachability,
)
from layerhold.engine.about import Endpoint, Kind, Store
from layerhold.engine.docker.engine import connect


def about(api, name):
    api.be(name)
    engine = connect(api.endpoint)
    engine.close()
    return engine.about


@pytest.mark.parametrize("name", ENGINES)
def test_who_answers(api, name):
    known = about(api, name)

    assert known.kind is (Kind.PODMAN if name.startswith("p") else Kind.DOCKER)
    assert known.store is (Store.CONTAINERD if name.endswith("ctd") else Store.GRAPH_DRIVER)
    assert (known.version, known.api) == (VERSIONS[name]["Version"], VERSIONS[name]["ApiVersion"])
    assert known.driver == "overlay2"


def test_what_engines_can_do(api):
    docker, containerd, podman = (about(api, name).caps for name in ("d28gd", "d28ctd", "p54"))

    assert (docker.force_deletes_containers, podman.force_deletes_containers) == (False, True)
    assert (docker.cascades_to_parents, containerd.cascades_to_parents) == (True, False)
    assert (docker.parents_hold, containerd.parents_hold, podman.parents_hold) == (True, 0, 0)
    assert (docker.keeps_content, containerd.keeps_content) == (False, True)
    assert (docker.build_cache, podman.build_cache) == (True, False)


@pytest.mark.parametrize("name", ENGINES)
def test_what_engines_can_do_with_registries(api, name):
    known, docker = about(api, name).caps, name.startswith("d")

    assert known.all_tags is known.push_progress is docker
    assert known.distribution is known.checks_logins is docker
    assert known.pulls_keep_variants is name.endswith("ctd")


def test_podman_makes_up_its_id_each_time(api):
    assert (about(api, "d20").engine_id, about(api, "p43").engine_id) == ("A:B", "")


def test_a_newer_engine_is_spoken_to_in_the_newest_version_we_know(api):
    api.answer("GET", "/version", {"Version": "29", "ApiVersion": "1.54", "MinAPIVersion": "1.44"})

    engine = connect(api.endpoint)

    assert engine.about.api == "1.51"
    assert api.asked == ["GET /version", "GET /v1.51/info"]
    engine.close()


@pytest.mark.parametrize(("oldest", "newest"), [("1.52", "1.60"), ("1.12", "1.23")])
def test_no_version_in_common(api, oldest, newest):
    api.answer("GET", "/version", {"ApiVersion": newest, "MinAPIVersion": oldest})

    with pytest.raises(ApiMismatch) as caught:
        connect(api.endpoint)

    assert (caught.value.engine_min, caught.value.engine_max) == (oldest, newest)
    assert caught.value.subject == api.url


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html><body>Welcome to nginx!</body></html>"),
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, "null"),
        (200, '{"ApiVersion": 7}'),
        (200, '{"ApiVersion": "newest"}'),
        (404, "<html>404</html>"),
        (404, ""),
        (404, '{"message": "page not found"}'),
        (301, ""),
        (200, "x" * (3 << 20)),
        (200, b"\xff\xfe"),
    ],
)
def test_what_answers_is_no_engine(api, status, body):
    api.answer("GET", "/version", body, status)

    with pytest.raises(NotAnEngine) as caught:
        connect(api.endpoint)

    assert caught.value.subject == api.url
    assert len(caught.value.detail) < 3000


def test_a_guard_before_the_engine_may_refuse(api):
    api.answer("GET", "/version", "<html>Request forbidden by administrative rules.</html>", 403)

    with pytest.raises(EngineRefused) as caught:
        connect(api.endpoint)

    assert caught.value.status == 403


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("unix:///nowhere/docker.sock", Unreachability.NO_SOCKET),
        ("unix:///", Unreachability.BAD_ADDRESS),
        ("unix:///" + "x" * 300, Unreachability.BAD_ADDRESS),
        ("tcp://", Unreachability.BAD_ADDRESS),
        ("tcp://" + "x" * 300, Unreachability.BAD_ADDRESS),
        ("tcp://box.invalid:1", Unreachability.UNKNOWN_HOST),
        ("unix:///etc/passwd", Unreachability.BAD_ADDRESS),
        ("unix:///etc", Unreachability.BAD_ADDRESS),
        ("ssh://me@box", Unreachability.UNSUPPORTED_TRANSPORT),
        ("npipe:////./pipe/docker_engine", Unreachability.UNSUPPORTED_TRANSPORT),
        ("https://box:2376", Unreachability.UNSUPPORTED_TRANSPORT),
    ],
)
def test_addresses_where_nothing_can_answer(url, why):
    with pytest.raises(EngineUnreachable) as caught:
        connect(Endpoint("x", url, "--host"))

    assert (caught.value.why, caught.value.subject) == (why, url)


def test_a_socket_that_nobody_listens_on(tmp_path):
    with socket.socket(socket.AF_UNIX) as left_over:
        left_over.bind(str(tmp_path / "s"))

    with pytest.raises(EngineUnreachable) as caught:
        connect(Endpoint("x", f"unix://{tmp_path}/s", "--host"))

    assert caught.value.why is Unreachability.REFUSED


def answering_once(server, answer):
    def serve():
        connection, _ = server.accept()
        with connection:
            connection.recv(1 << 16)
            connection.sendall(answer)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", NotAnEngine),
        (b"", EngineGone),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", EngineGone),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", EngineGone),
        (
            b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
            EngineUnreachable,
        ),
    ],
)
def test_over_tcp_other_servers_are_told_from_engines(answer, failure):
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = answering_once(server, answer)

        with pytest.raises(failure):
            connect(Endpoint("x", f"tcp://127.0.0.1:{server.getsockname()[1]}", "--host"))
        thread.join()


def test_after_close_nothing_is_asked(api):
    engine = connect(api.endpoint)
    engine.close()

    with pytest.raises(EngineGone):
        engine.list_images()
