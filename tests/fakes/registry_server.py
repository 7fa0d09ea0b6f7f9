"""A registry and a token server of the tests, with any manners and faults."""

import base64
import contextlib
import hashlib
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "tester", "open sesame ✓"
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
IDENTITY = "identity-token-of-tester"

Speaker = Callable[["Handler"], None]


@dataclass
class Asked:
    """A request as it came."""

    method: str
    path: str
    authorization: str
    headers: dict[str, str] = field(repr=False)
    form: dict[str, list[str]] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query)


class Server:
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self, port: int, scheme: str, name: str = "127.0.0.1") -> None:
        self.host = f"{name}:{port}"
        self.url = f"{scheme}://{self.host}"
        self.asked: list[Asked] = []
        self.over = Event()
        """Set when the test is; whoever hangs waits for it."""
        self._speakers: dict[str, Speaker] = {"/v2/": answer(200, b"{}")}
        self._challenge = ""
        self._good: Callable[[Asked], bool] = lambda _: True

    def say(self, path: str, speaker: Speaker) -> None:
        """Answer so for that path, whatever its query."""
        self._speakers[path] = speaker

    def keep(self, name: str, content: bytes, kind: str = "application/json") -> str:
        """Keep a manifest under `repository:tag`, and under its digest."""
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        repository, _, tag = name.partition(":")
        speaker = answer(200, content, {"Content-Type": kind, "Docker-Content-Digest": digest})
        for reference in (tag, digest):
            self.say(f"/v2/{repository}/manifests/{reference}", speaker)
        return digest

    def want_password(self) -> None:
        self._challenge = 'Basic realm="tests, and more"'
        self._good = lambda asked: asked.authorization == BASIC

    def want_token(self, realm: str, scope: str = "") -> None:
        """A token that is good for the path; each is named after its scope."""
        wish = f',scope="{scope}"' if scope else ""
        self._challenge = f'Bearer realm="{realm}",service="tests"{wish}'
        self._good = lambda asked: asked.authorization == f"Bearer {scope or self.scope_of(asked)}"

    @staticmethod
    def scope_of(asked: Asked) -> str:
        path = urlsplit(asked.path).path.removeprefix("/v2/")
        repository = path.rpartition("/manifests/")[0] or path.rpartition("/tags/")[0]
        return f"repository:{repository}:pull" if repository else "nothing"

    def give_tokens(self, path: str = "/token", **more: object) -> None:
        """Be a token server too: to everybody, but only to the tester with a password."""
        self.say(path, lambda handler: _give_token(handler, more))

    def paths(self, prefix: str = "") -> list[str]:
        return [it.path for it in self.asked if it.path.startswith(prefix)]

    def handle(self, handler: "Handler") -> None:
        path = urlsplit(handler.path).path
        if path.startswith("/v2/") and self._challenge and not self._good(handler.asked):
            words = {"errors": [{"code": "UNAUTHORIZED", "message": "who are you?"}]}
            refuse = {"WWW-Authenticate": self._challenge}
            answer(401, json.dumps(words).encode(), refuse)(handler)
        else:
            self._speakers.get(path, answer(404, b"nothing here"))(handler)


def answer(status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> Speaker:
    """Say this, whoever asks."""

    def speak(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(content)

    return speak


def hang(handler: "Handler") -> None:
    """Take the request, and never answer."""
    handler.server.ours.over.wait()
    handler.close_connection = True


def drip(handler: "Handler") -> None:
    """Answer a byte at a time, for ever."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    with contextlib.suppress(OSError):
        while not handler.server.ours.over.wait(0.01):
            handler.wfile.write(b" ")


def flood(handler: "Handler") -> None:
    """Answer without an end."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    with contextlib.suppress(OSError):
        while not handler.server.ours.over.is_set():
            handler.wfile.write(b"[" * 65536)


def _give_token(handler: "Handler", more: dict[str, object]) -> None:
    asked = handler.asked
    known = asked.form.get("refresh_token") == [IDENTITY] or asked.authorization == BASIC
    claims = bool(asked.form or asked.authorization)
    if claims and not known:
        return answer(401, b'{"details": "incorrect username or password"}')(handler)
    scope = " ".join(asked.form.get("scope") or asked.query.get("scope") or ["nothing"])
    told: dict[str, object] = {"token": scope, "expires_in": 300}
    if "offline_token" in asked.query:
        told["refresh_token"] = IDENTITY
    return answer(200, json.dumps(told | more).encode())(handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: Asked

    def do_GET(self) -> None:
        form = parse_qs(self.body().decode())
        self._hand_over(form)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def do_PATCH(self) -> None:
        """Whoever speaks reads the body."""
        self._hand_over({})

    def do_PUT(self) -> None:
        self._hand_over({})

    def body(self) -> bytes:
        """What came along; once only."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _hand_over(self, form: dict[str, list[str]]) -> None:
        shown = self.headers.get("Authorization", "")
        self.asked = Asked(self.command, self.path, shown, dict(self.headers), form)
        self.server.ours.asked.append(self.asked)
        self.server.ours.handle(self)

    def log_message(self, *_: object) -> None:
        """The test looks at what was asked."""


class Quiet(ThreadingHTTPServer):
    """One thread for each connection."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever asked has gone, or does not trust us, which is what the test is about."""


@contextlib.contextmanager
def serving(tls: "Certificates | None" = None, name: str = "127.0.0.1") -> Iterator[Server]:
    """A server that answers for a while, with TLS where there are certificates."""
    with Quiet(("127.0.0.1", 0), Handler) as server:
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls.certificate, tls.key)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        ours = server.ours = Server(server.server_port, "https" if tls else "http", name)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield ours
        finally:
            ours.over.set()
            server.shutdown()


@dataclass(frozen=True)
class Certificates:
    """What a server with TLS has, for the names of this machine."""

    authority: Path
    certificate: Path
    key: Path
