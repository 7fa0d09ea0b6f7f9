"""Clients of the SDK, lent to one operation at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any
from urllib.parse import quote

import docker
import docker.auth
import docker.utils.proxy
import requests

from layerhold import __version__
from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineGone, InvalidReference, ReferenceFault
from layerhold.engine.docker.address import Address
from layerhold.engine.docker.errors import check_answer, plain_errors
from layerhold.engine.docker.transport import Line, LineAdapter
from layerhold.engine.docker.versions import LOWEST

CONNECT_SECONDS = 5
READ_SECONDS = 120
"""A containerd store with many images needs seconds to list them, and longer when busy."""
KEPT = 8
"""Idle connections per engine; as many as we have jobs asking at once."""


class Client(docker.APIClient):
    """The SDK's low-level client on a line of our own."""

    def __init__(self, address: Address, api: str, read_seconds: float | None) -> None:
        # Not APIClient's own: it reads config.json and fails on one malformed entry there.
        requests.Session.__init__(self)
        self.base_url = "http+docker://localhost"
        self.trust_env = False
        self.timeout = READ_SECONDS
        self.hooks["response"].append(check_answer)
        self.headers["User-Agent"] = f"Layerhold/{__version__}"
        self.credstore_env = None
        self._version = api
        self._limits = (CONNECT_SECONDS, read_seconds)
        self._general_configs: dict[str, Any] = {}
        self._proxy_configs = docker.utils.proxy.ProxyConfig()
        self._auth_configs = docker.auth.AuthConfig({})
        self._custom_adapter = LineAdapter(address)
        self.mount("http+docker://", self._custom_adapter)

    @property
    def line(self) -> Line:
        return self._custom_adapter.line

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """The answer to one request of the versioned API; raises `Failure` for a refusal."""
        options.setdefault("timeout", self._limits)
        return self.request(method, f"{self.base_url}/v{self._version}{path}", **options)


class Session:
    """The connections to one engine."""

    def __init__(self, address: Address, api: str = LOWEST) -> None:
        self.address = address
        self.api = api
        self._lock = Lock()
        self._idle: list[Client] = []
        self._busy: set[Client] = set()
        self._closed = False

    @contextmanager
    def client(
        self, subject: str, token: Token | None = None, *, lasting: bool = False
    ) -> Iterator[Client]:
        """Lend a client; inside, every error is ours, and the token cuts what the client waits on.

        A lasting operation has no time limit, and a connection that nobody else uses.
        """
        with plain_errors(subject, token):
            if token:
                token.check()
            client = self._lend(lasting=lasting)
            usable = False
            try:
                with token.breaking(client.line.cut) if token else nullcontext():
                    yield client
                usable = not lasting
            finally:
                self._take_back(client, usable=usable)

    def _lend(self, *, lasting: bool) -> Client:
        with self._lock:
            if self._closed:
                raise EngineGone(self.address.url)
            if self._idle and not lasting:
                client = self._idle.pop()
            else:
                client = Client(self.address, self.api, None if lasting else READ_SECONDS)
            self._busy.add(client)
            return client

    def _take_back(self, client: Client, *, usable: bool) -> None:
        with self._lock:
            self._busy.discard(client)
            usable = usable and not (self._closed or client.line.was_cut)
            if usable and len(self._idle) < KEPT:
                self._idle.append(client)
                return
        client.close()

    def close(self) -> None:
        """Cut every connection; what waits on one ends with `EngineGone`."""
        with self._lock:
            self._closed = True
            idle, busy = self._idle, list(self._busy)
            self._idle = []
        for client in busy:
            client.line.cut()
        for client in idle:
            client.close()


def in_path(name: str) -> str:
    """A reference or ID quoted for a URL; raises `InvalidReference` where it would leave its path.

    The client resolves `..` before it sends, so that an odd name could reach another resource.
    """
    if {"", ".", ".."} & set(name.split("/")):
        raise InvalidReference(name, ReferenceFault.BAD_PATH, name)
    return quote(name, safe="/:@")
