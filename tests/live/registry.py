"""A registry of our own, for images that an engine is to know by their digest."""

import contextlib
import gzip
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from live.images import Sketch

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


class Registry:
    """Serves whatever it was given, under every repository's name."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self._contents: dict[str, tuple[str, bytes]] = {}

    def add(self, sketch: Sketch) -> str:
        """Take in an image; the digest of its manifest."""
        layers = [_compressed(each.content) for each in sketch.layers if each.files]
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self._part(CONFIG, sketch.config),
            "layers": [self._part(LAYER, layer) for layer in layers],
        }
        return str(self._part(MANIFEST, json.dumps(manifest).encode())["digest"])

    def get(self, digest: str) -> tuple[str, bytes] | None:
        """A manifest or a blob with its type."""
        return self._contents.get(digest)

    def _part(self, kind: str, content: bytes) -> dict[str, str | int]:
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        self._contents[digest] = kind, content
        return {"mediaType": kind, "size": len(content), "digest": digest}


@contextlib.contextmanager
def serving() -> Iterator[Registry]:
    """A registry that answers for a while."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        registry = server.registry = Registry(server.server_port)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield registry
        finally:
            server.shutdown()


@cache
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=0, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self.wfile.write(self._answer())

    def _answer(self) -> bytes:
        name = self.path.rpartition("/")[2]
        kind, content = self.server.registry.get(name) or ("application/json", b"{}")
        found = not name or self.server.registry.get(name)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if found and name:
            self.send_header("Docker-Content-Digest", name)
        self.end_headers()
        return content

    def log_message(self, *_: object) -> None:
        """What engines ask for is of no interest."""
