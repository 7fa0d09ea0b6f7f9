"""How requests reach a registry: over lines that can be cut, with what TLS has to prove."""

import socket
import ssl
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import urllib3
import urllib3.connection

from layerhold.domain.cancel import Token
from layerhold.registry import hosts
from layerhold.registry.heads import WholeHead
from layerhold.registry.lines import Lines, dial


class _OnLine(urllib3.connection.HTTPConnection):
    """A connection over a line of the operation, which it gives back when it ends."""

    response_class = WholeHead

    def __init__(self, *args: Any, lines: Lines, token: Token | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lines, self._token = lines, token
        self._held: socket.socket | None = None
        self._awaits_answer = False

    def getresponse(self) -> Any:
        self._awaits_answer = True
        try:
            return super().getresponse()
        finally:
            self._awaits_answer = False

    def _new_conn(self) -> Any:
        self._let_go()
        line = dial(self.host, self.port or self.default_port, self._lines, self._token)
        self._held = line.held
        return line.sock

    def close(self) -> None:
        super().close()
        # A connection that ends with its answer is closed before that is read.
        if not self._awaits_answer:
            self._let_go()

    def _let_go(self) -> None:
        if self._held:
            self._lines.drop(self._held)
            self._held = None


class LineConnection(_OnLine):
    """A plain connection, to a registry or to a proxy."""


class TlsLineConnection(_OnLine, urllib3.connection.HTTPSConnection):
    """One with TLS, perhaps through a proxy."""

    def connect(self) -> None:
        super().connect()
        # What is not verified here is so because the user said so, and needs no warning.
        self.is_verified = True


class LinePool(urllib3.HTTPConnectionPool):
    """Plain connections to one host."""

    ConnectionCls = LineConnection


class TlsLinePool(urllib3.HTTPSConnectionPool):
    """Connections with TLS to one host."""

    ConnectionCls = TlsLineConnection


class LineAdapter(requests.adapters.HTTPAdapter):
    """Sends requests over lines, and proves whom it talks to unless that is excepted."""

    def __init__(
        self,
        lines: Lines,
        token: Token | None,
        context: ssl.SSLContext,
    ) -> None:
        self._pools = {
            "http": partial(LinePool, lines=lines, token=token),
            "https": partial(TlsLinePool, lines=lines, token=token),
        }
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._context, **options)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        verify = verify if self._context.verify_mode else False
        # No proxy can reach what is on this machine, and Docker asks none for it either.
        if hosts.is_loopback(urlsplit(request.url or "").netloc):
            proxies = {}
        return super().send(request, stream, timeout, verify, cert, proxies)
