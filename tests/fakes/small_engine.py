"""A Docker API on a unix socket, small enough to be stopped, held up and started again at will."""

import json
import re
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import SimpleQueue
from socketserver import ThreadingMixIn, UnixStreamServer
from threading import Event, Thread
from time import time_ns
from typing import Any

VERSION = {"Version": "20.10.24", "ApiVersion": "1.41", "MinAPIVersion": "1.12"}
INFO = {"ID": "AAAA:BBBB", "Driver": "overlay2", "DockerRootDir": "/var/lib/docker"}


class SmallEngine:
    """Starts with `start`; `stop` breaks every connection, as a killed engine does."""

    def __init__(self, path: Path) -> None:
        self.url = f"unix://{path}"
        self.images: dict[str, list[str]] = {}
        """Diff IDs by image ID; each layer weighs 100 bytes."""
        self.asked: Counter[str] = Counter()
        self.since: list[str] = []
        """The `since` of every event stream that was opened."""
        self.may_answer = Event()
        """While it is not set, everything but the greeting waits."""
        self.may_answer.set()
        self.may_greet = Event()
        """While it is not set, whoever calls hears nothing."""
        self.may_greet.set()
        self._path = path
        self._server: _Server | None = None
        self._listeners: list[SimpleQueue[bytes | None]] = []

    def start(self) -> None:
        self._path.unlink(missing_ok=True)
        self._server = _Server(str(self._path), self)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}).start()

    def stop(self) -> None:
        server, self._server = self._server, None
        self.may_answer.set()
        self.may_greet.set()
        self.end_events()
        if server:
            server.shutdown()
            server.server_close()
            server.break_connections()

    def end_events(self) -> None:
        """Only the event streams break."""
        for listener in self._listeners:
            listener.put(None)
        self._listeners.clear()

    def happen(self, *actions: str, kind: str = "image") -> None:
        """Send one event for each action."""
        for action in actions:
            event = {"Type": kind, "Action": action, "Actor": {"ID": "x"}, "timeNano": time_ns()}
            for listener in self._listeners:
                listener.put(json.dumps(event).encode() + b"\n")

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def listen(self) -> SimpleQueue[bytes | None]:
        self._listeners.append(listener := SimpleQueue())
        return listener

    def answer(self, path: str) -> Any:
        """The JSON to answer with; `None` for what is not there."""
        if path == "/images/json":
            return [self._listed(image_id) for image_id in self.images]
        if path == "/containers/json":
            return []
        if path == "/system/df":
            return {"LayersSize": 100 * len({layer for it in self.images.values() for layer in it})}
        if match := re.fullmatch(r"/images/(sha256:\w+)/(json|history)", path):
            layers = self.images.get(match[1])
            inspect = match[2] == "json"
            return layers if layers is None else (_details if inspect else _history)(layers)
        return None

    def _listed(self, image_id: str) -> dict[str, Any]:
        return {"Id": image_id, "RepoTags": [f"it:{image_id[7:]}"], "Created": 1, "Size": 1}


def _details(layers: list[str]) -> dict[str, Any]:
    return {"Os": "linux", "Architecture": "amd64", "RootFS": {"Type": "layers", "Layers": layers}}


def _history(layers: list[str]) -> list[dict[str, Any]]:
    return [{"Id": "<missing>", "CreatedBy": f"RUN {it}", "Size": 100} for it in reversed(layers)]


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True

    def __init__(self, path: str, engine: SmallEngine) -> None:
        self.engine = engine
        self.connections: list[Any] = []
        super().__init__(path, _Handler)

    def get_request(self) -> tuple[Any, Any]:
        request, _address = super().get_request()
        self.connections.append(request)
        return request, ("", 0)

    def break_connections(self) -> None:
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(2)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        engine = self.server.engine
        path, _, query = re.sub(r"^/v[\d.]+", "", self.path).partition("?")
        engine.asked[path] += 1
        if path == "/version":
            engine.may_greet.wait(20)
            return self._send(VERSION)
        if path == "/info":
            return self._send(INFO)
        if path == "/events":
            return self._stream(query)
        engine.may_answer.wait(20)
        return self._send(engine.answer(path))

    def _send(self, answer: Any) -> None:
        found = answer is not None
        body = json.dumps(answer if found else {"message": f"No such image: {self.path}"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, query: str) -> None:
        engine = self.server.engine
        since = re.search(r"since=([\d.]+)", query)
        engine.since.append(since[1] if since else "")
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        listener = engine.listen()
        while line := listener.get():
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *args: Any) -> None:
        """Be quiet."""
