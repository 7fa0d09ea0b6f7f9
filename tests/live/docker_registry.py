"""The real registry, with or without a password, over plain HTTP or with its own certificate."""

import contextlib
import gzip
import hashlib
import json
import socket
import ssl
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

from live.images import Sketch
from needs import need

USER, PASSWORD = "tester", "open sesame"
HTPASSWD = f"{USER}:$2b$04$Z/q/KjEEwjctMdXpUo0CsOZtmG.W690.h1axx4vve6RNuVJIxkjH2\n"
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
INDEX = "application/vnd.docker.distribution.manifest.list.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
SECONDS_TO_START = 20.0
SECONDS_BETWEEN_LOOKS = 0.02


class DockerRegistry:
    """Debian's `docker-registry` at a free port."""

    def __init__(
        self, folder: Path, host: str, *, password: bool, tls: bool, token: dict[str, str] | None
    ) -> None:
        self.host = f"{host}:{_free_port(host)}"
        self.folder = folder
        self._password, self._tls, self._token = password, tls, token
        self._process: subprocess.Popen[bytes] | None = None

    def reference(self, name: str) -> str:
        """A name as an engine has to be told it: `app:1` at this registry."""
        return f"{self.host}/{name}"

    def add(self, name: str, *sketches: Sketch) -> str:
        """Put an image there, or one for each platform; the digest that the name has then."""
        repository, _, tag = name.partition(":")
        manifests = [self._manifest(repository, sketch) for sketch in sketches]
        if len(sketches) == 1:
            return self._put(repository, tag, MANIFEST, manifests[0])
        entries = [
            _entry(sketch, manifest) | {"digest": self._put(repository, "", MANIFEST, manifest)}
            for sketch, manifest in zip(sketches, manifests, strict=True)
        ]
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": entries}
        return self._put(repository, tag, INDEX, json.dumps(index).encode())

    def digest(self, name: str) -> str:
        """What the name stands for now; empty where there is none."""
        repository, _, tag = name.partition(":")
        headers = {"Accept": f"{MANIFEST}, {INDEX}"}
        _, answer = self._ask("HEAD", f"/v2/{repository}/manifests/{tag}", b"", headers)
        return answer.get("docker-content-digest", "")

    def start(self) -> None:
        config = self.folder / "config.yml"
        config.write_text(json.dumps(self._settings()))
        with (self.folder / "log").open("ab") as log:
            command = [need("docker-registry"), "serve", config]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        give_up = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < give_up
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(SECONDS_BETWEEN_LOOKS)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def _settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = {
            "version": "0.1",
            "log": {"level": "error"},
            "storage": {"filesystem": {"rootdirectory": str(self.folder / "data")}},
            "http": {"addr": self.host},
        }
        if self._password:
            passwords = self.folder / "htpasswd"
            passwords.write_text(HTPASSWD)
            settings["auth"] = {"htpasswd": {"realm": "tests", "path": str(passwords)}}
        if self._token:
            settings["auth"] = {"token": self._token}
        # Else it takes no manifest with layers that lie elsewhere.
        settings["validation"] = {"manifests": {"urls": {"allow": ["^https?://"]}}}
        if self._tls:
            key, certificate = self._make_certificate()
            settings["http"]["tls"] = {"key": str(key), "certificate": str(certificate)}
        return settings

    def _make_certificate(self) -> tuple[Path, Path]:
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        name = self.host.rpartition(":")[0]
        subprocess.run(
            [
                *(need("openssl"), "req", "-x509", "-newkey", "ec", "-days", "2", "-nodes"),
                *("-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *("-subj", f"/CN={name}", "-addext", f"subjectAltName=IP:{name}"),
                *("-keyout", key, "-out", certificate),
            ],
            check=True,
            capture_output=True,
        )
        return key, certificate

    def _manifest(self, repository: str, sketch: Sketch) -> bytes:
        layers = [
            self._blob(repository, LAYER, gzip.compress(each.content, 1, mtime=0))
            for each in sketch.layers
            if each.files
        ]
        config = self._blob(repository, CONFIG, sketch.config)
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers}
        return json.dumps(manifest).encode()

    def _blob(self, repository: str, kind: str, content: bytes) -> dict[str, Any]:
        digest = _digest(content)
        there, _ = self._ask("HEAD", f"/v2/{repository}/blobs/{digest}")
        if there != 200:
            _, answer = self._ask("POST", f"/v2/{repository}/blobs/uploads/")
            place = answer["location"].partition(self.host)[2] or answer["location"]
            kept, _ = self._ask("PUT", f"{place}&digest={digest}", content)
            assert kept == 201
        return {"mediaType": kind, "size": len(content), "digest": digest}

    def _put(self, repository: str, tag: str, kind: str, manifest: bytes) -> str:
        place = f"/v2/{repository}/manifests/{tag or _digest(manifest)}"
        kept, _ = self._ask("PUT", place, manifest, {"Content-Type": kind})
        assert kept == 201
        return _digest(manifest)

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str]]:
        pair = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        with contextlib.closing(self._connection()) as connection:
            everything = {"Authorization": f"Basic {pair}"} | (headers or {})
            connection.request(method, path, body, everything)
            answer = connection.getresponse()
            answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}

    def _connection(self) -> HTTPConnection:
        if not self._tls:
            return HTTPConnection(self.host)
        return HTTPSConnection(self.host, context=ssl._create_unverified_context())

    def _answers(self) -> bool:
        try:
            return self._ask("GET", "/v2/")[0] == (401 if self._token else 200)
        except OSError:
            return False


@contextlib.contextmanager
def running(
    *,
    password: bool = False,
    tls: bool = False,
    host: str = "127.0.0.1",
    token: dict[str, str] | None = None,
) -> Iterator[DockerRegistry]:
    """A registry that answers for a while; of what it kept, nothing is left.

    `token` is what it needs to know of a token server.
    """
    with tempfile.TemporaryDirectory(prefix="layerhold-", dir="/tmp") as folder:
        registry = DockerRegistry(Path(folder), host, password=password, tls=tls, token=token)
        try:
            registry.start()
            yield registry
        finally:
            registry.stop()


def own_address() -> str:
    """An address of this machine that is not its loopback: engines trust no registry there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        # Nothing is sent: connecting a datagram socket only chooses the way.
        sock.connect(("192.0.2.1", 9))
        return str(sock.getsockname()[0])


def _entry(sketch: Sketch, manifest: bytes) -> dict[str, Any]:
    platform = {"os": "linux", "architecture": sketch.architecture}
    return {"mediaType": MANIFEST, "size": len(manifest), "platform": platform}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _free_port(host: str) -> int:
    with socket.socket() as sock:
        sock.bind((host, 0))
        return int(sock.getsockname()[1])
