"""A proxy of the tests: passes plain requests on itself, and tunnels the others."""

import contextlib
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from threading import Thread
from urllib.parse import urlsplit

from fakes.registry_server import Quiet

SECONDS = 5.0


class Proxy:
    """Where it is, and what went through it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.passed: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.ours.passed.append(self.path)
        parts = urlsplit(self.path)
        with contextlib.closing(HTTPConnection(parts.netloc, timeout=SECONDS)) as there:
            there.request("GET", f"{parts.path}?{parts.query}", headers=dict(self.headers))
            answer = there.getresponse()
            content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def do_CONNECT(self) -> None:
        self.server.ours.passed.append(self.path)
        host, _, port = self.path.partition(":")
        self.close_connection = True
        with socket.create_connection((host, int(port)), SECONDS) as there:
            self.send_response(200)
            self.end_headers()
            back = Thread(target=_pump, args=(there, self.connection), daemon=True)
            back.start()
            _pump(self.connection, there)
            back.join()

    def log_message(self, *_: object) -> None:
        """The test looks at what passed."""


def _pump(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while content := one.recv(65536):
            other.sendall(content)
        other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def proxying() -> Iterator[Proxy]:
    """A proxy that works for a while."""
    with Quiet(("127.0.0.1", 0), _Handler) as server:
        proxy = server.ours = Proxy(server.server_port)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield proxy
        finally:
            server.shutdown()
