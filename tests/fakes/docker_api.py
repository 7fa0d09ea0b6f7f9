"""A Docker API on a unix socket that says what it was told to say."""

import json
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from threading import Event, Thread
from typing import Any
from urllib.parse import unquote

from layerhold.engine.about import Endpoint

Speaker = Callable[[BaseHTTPRequestHandler], None]
GRAPH_VERSION = {"Version": "20.10.24", "ApiVersion": "1.41", "MinAPIVersion": "1.12"}
VERSIONS: dict[str, dict[str, Any]] = {
    "d20": GRAPH_VERSION,
    "d26gd": {"Version": "26.1.5", "ApiVersion": "1.45", "MinAPIVersion": "1.24"},
    "d28gd": {"Version": "28.5.2", "ApiVersion": "1.51", "MinAPIVersion": "1.24"},
    "d26ctd": {"Version": "26.1.5", "ApiVersion": "1.45", "MinAPIVersion": "1.24"},
    "d28ctd": {"Version": "28.5.2", "ApiVersion": "1.51", "MinAPIVersion": "1.24"},
    "p43": {"Version": "4.3.1", "ApiVersion": "1.41", "MinAPIVersion": "1.24"},
    "p54": {"Version": "5.4.2", "ApiVersion": "1.41", "MinAPIVersion": "1.24"},
    "p58": {"Version": "5.8.6", "ApiVersion": "1.44", "MinAPIVersion": "1.24"},
}
ENGINES = tuple(VERSIONS)
SNAPSHOTTER = [["driver-type", "io.containerd.snapshotter.v1"]]


def recorded(name: str = "recorded") -> dict[str, dict[str, tuple[int, str]]]:
    """What eight real engines answered: status and body by case and engine."""
    cases = json.loads(Path(__file__).with_name(f"{name}.json").read_text())
    return {
        case: {name: (it["status"], it["body"]) for it in answers for name in it["engines"]}
        for case, answers in cases.items()
    }


class DockerApi:
    """Listens until closed, then hangs up on everyone.

    Answers by method and path, whatever the API version and the query.
    """

    def __init__(self, path: Path, engine: str = "d20") -> None:
        self.url = f"unix://{path}"
        self.asked: list[str] = []
        """Each request as it came, `GET /v1.41/info`."""
        self.sent: list[bytes] = []
        """The body of each of them."""
        self.before_reading: Callable[[], object] = lambda: None
        """Called before a body is read that comes in pieces."""
        self.hasty = b""
        """Said in place of reading such a body, followed by hanging up."""
        self.connections = 0
        self.live: set[socket.socket] = set()
        self.closing = Event()
        self._speakers: dict[tuple[str, str], Speaker] = {}
        self.be(engine)
        self._server = _Server(str(path), self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint("fake", self.url, "--host")

    def be(self, engine: str) -> None:
        """Introduce itself as one of the recorded engines."""
        podman = [{"Name": "Podman Engine"}] if engine.startswith("p") else [{"Name": "Engine"}]
        status = SNAPSHOTTER if engine.endswith("ctd") else [["Backing Filesystem", "extfs"]]
        self.answer("GET", "/version", {**VERSIONS[engine], "Components": podman, "Os": "linux"})
        self.answer("GET", "/info", {"Driver": "overlay2", "DriverStatus": status, "ID": "A:B"})

    def answer(
        self, method: str, path: str, body: Any = "", status: int = 200, kind: str = ""
    ) -> None:
        """Answer so from now on; a body that is no text or bytes becomes JSON."""
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        data = text.encode() if isinstance(text, str) else text

        def speak(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Type", kind or "application/json")
            if status != 304:
                handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        self.speak(method, path, speak)

    def stream(self, method: str, path: str, chunks: Iterable[bytes], *, end: bool = True) -> None:
        """Answer in these pieces; without an end it hangs up as an engine does that is killed."""
        pieces = tuple(chunks)

        def speak(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            for piece in pieces:
                handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            if end:
                handler.wfile.write(b"0\r\n\r\n")
            handler.close_connection = not end

        self.speak(method, path, speak)

    def speak(self, method: str, path: str, speaker: Speaker) -> None:
        """Let the speaker write the answer, or fail to."""
        self._speakers[method, path] = speaker

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(f"{handler.command} {handler.path}")
        path = unquote(handler.path.partition("?")[0])
        _, _, rest = path.removeprefix("/").partition("/")
        plain = f"/{rest}" if path.startswith("/v1.") else path
        self._speakers.get((handler.command, plain), _nothing_there)(handler)

    def wait(self, _handler: BaseHTTPRequestHandler) -> None:
        """A speaker that never says anything."""
        self.closing.wait(60)

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        for connection in list(self.live):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _nothing_there(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, path: str, api: DockerApi) -> None:
        self.api = api
        super().__init__(path, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.api.connections += 1
        self.server.api.live.add(self.connection)

    def finish(self) -> None:
        self.server.api.live.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        with suppress(OSError):
            super().handle()

    def _any(self) -> None:
        if self._in_pieces and self.server.api.hasty:
            self.wfile.write(self.server.api.hasty)
            self.close_connection = True
            return
        self.server.api.sent.append(b"".join(self._body()))
        self.server.api.handle(self)

    @property
    def _in_pieces(self) -> bool:
        return self.headers.get("Transfer-Encoding") == "chunked"

    def _body(self) -> Iterator[bytes]:
        yield self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self._in_pieces:
            self.server.api.before_reading()
            while size := int(self.rfile.readline() or b"0", 16):
                yield self.rfile.read(size + 2)[:-2]
            self.rfile.readline()

    do_GET = do_POST = do_DELETE = _any  # noqa: N815 - the base class asks for these names

    def address_string(self) -> str:
        return "unix"

    def log_message(self, *_: Any) -> None:
        """Tests say what went wrong."""
