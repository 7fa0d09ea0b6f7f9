"""A Docker engine of our own with thousands of images and containers in it."""

import contextlib
import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import crowd

from live import daemons
from live.daemons import Daemon

API = "/v1.41"


@contextlib.contextmanager
def settled(images: int, containers: int) -> Iterator[Daemon]:
    """Start the engine, fill it, and remove it again."""
    with daemons.docker() as daemon:
        stacks = crowd.archive(daemon.folder / "stacks.tar")
        daemon.load(daemon.folder / "stacks.tar")
        daemon.stop()
        (store,) = Path(daemon.folder / "data" / "image").iterdir()
        crowd.settle(store, stacks, images - len(stacks))
        daemon.start()
        _create(daemon, containers)
        yield daemon
        daemon.kill()


def _create(daemon: Daemon, count: int) -> None:
    """Containers that never start, spread over the images."""
    listed = json.loads(_ask(daemon, "GET", "/images/json"))
    for number in range(count):
        image = listed[number * 7 % len(listed)]
        wanted = {"Image": image["Id"], "Cmd": ["/x"], "HostConfig": {"NetworkMode": "none"}}
        _ask(daemon, "POST", f"/containers/create?name=c{number}", wanted)


def _ask(daemon: Daemon, method: str, path: str, body: object = None) -> bytes:
    connection = http.client.HTTPConnection("engine")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(daemon.socket))
    text = json.dumps(body) if body else None
    connection.request(method, API + path, text, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status >= http.client.BAD_REQUEST:
        raise AssertionError(content.decode())
    return content
