"""Servers that are no registry, and one that has had enough."""

import contextlib
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Speaker = Callable[[BaseHTTPRequestHandler], None]


def a_web_page(handler: BaseHTTPRequestHandler) -> None:
    """Whatever is asked for is not there."""
    _answer(handler, 404, "text/html", b"<html><body>Nothing here</body></html>")


def a_home_page(handler: BaseHTTPRequestHandler) -> None:
    """The same whatever is asked for."""
    _answer(handler, 200, "text/html", b"<html><body>Welcome</body></html>")


def too_often(handler: BaseHTTPRequestHandler) -> None:
    """Says what Docker Hub says."""
    if handler.path == "/v2/":
        _answer(handler, 200, "application/json", b"{}")
        return
    error = {"code": "TOOMANYREQUESTS", "message": "You have reached your pull rate limit."}
    _answer(handler, 429, "application/json", json.dumps({"errors": [error]}).encode())


def denied(handler: BaseHTTPRequestHandler) -> None:
    """Lets nobody have a manifest; to a HEAD that is all it says."""
    found = handler.path == "/v2/"
    error = {"code": "DENIED", "message": "requested access to the resource is denied"}
    body = {} if found else {"errors": [error]}
    _answer(handler, 200 if found else 403, "application/json", json.dumps(body).encode())


def out_of_order(handler: BaseHTTPRequestHandler) -> None:
    """Has lost its database."""
    _answer(handler, 200 if handler.path == "/v2/" else 500, "application/json", b"{}")


@contextlib.contextmanager
def serving(speaker: Speaker) -> Iterator[str]:
    """The host and port where the speaker answers for a while."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            """Whatever the method is; an engine that tries TLS first sends no request at all."""
            self.raw_requestline = self.rfile.readline(65537)
            if self.raw_requestline and self.parse_request():
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                speaker(self)
            else:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """What engines ask for is of no interest."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _answer(handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("Retry-After", "1")
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)
