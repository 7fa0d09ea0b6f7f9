import socket

import pytest

from layerhold.engine.docker.address import dial, parse, transport


@pytest.mark.parametrize(
    ("url", "path", "host", "port"),
    [
        ("unix:///run/docker.sock", "/run/docker.sock", "", 0),
        ("unix://run/docker.sock", "/run/docker.sock", "", 0),
        ("UNIX:///a b/ü", "/a b/ü", "", 0),
        ("tcp://127.0.0.1:2376", "", "127.0.0.1", 2376),
        ("tcp://box", "", "box", 2375),
        ("tcp://box:1234/", "", "box", 1234),
        ("tcp://[::1]:5", "", "::1", 5),
        ("tcp://[::1]", "", "::1", 2375),
    ],
)
def test_addresses(url, path, host, port):
    address = parse(url)

    assert (address.path, address.host, address.port) == (path, host, port)


@pytest.mark.parametrize(
    "url",
    [
        *("", "/x", "ssh://x", "http://x", "unix://", "unix:///"),
        *("tcp://", "tcp://:1", "tcp://x:0", "tcp://x:65536", "tcp://x:y"),
    ],
)
def test_what_is_no_address(url):
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever kind
        parse(url)


def test_transport_is_what_stands_before_the_slashes():
    assert transport("SSH://me@box") == "ssh"


def test_every_host_address_is_tried():
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []
        port = server.getsockname()[1]

        with dial(parse(f"tcp://localhost:{port}"), 5, held.append) as sock:
            assert sock.getpeername()[1] == port
            assert held[-1] is sock


def test_a_refused_connection_is_an_error():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(ConnectionRefusedError):
        dial(parse(f"tcp://127.0.0.1:{port}"), 5, lambda _: None)
