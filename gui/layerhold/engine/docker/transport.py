"""The SDK's way to an engine: one kept connection, over a line that can be cut."""

from collections.abc import Mapping
from typing import Any

import requests
import requests.adapters
import urllib3
import urllib3.connection

from layerhold.engine.docker.address import Address
from layerhold.engine.docker.line import Line


class LineConnection(urllib3.connection.HTTPConnection):
    """An HTTP connection to an engine's address."""

    def __init__(self, *args: Any, address: Address, line: Line, **options: Any) -> None:
        super().__init__(*args, **options)
        self._address = address
        self._line = line

    def connect(self) -> None:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        self.sock = self._line.connect(self._address, timeout)


class LinePool(urllib3.HTTPConnectionPool):
    """Keeps one connection alive whatever is asked, where the SDK keeps one for each URL."""

    ConnectionCls = LineConnection


class LineAdapter(requests.adapters.HTTPAdapter):
    """Sends every request of a client over its own line."""

    def __init__(self, address: Address) -> None:
        super().__init__()
        self.line = Line()
        self._pool = LinePool(
            address.host or "localhost",
            address.port or None,
            maxsize=1,
            address=address,
            line=self.line,
        )

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> urllib3.HTTPConnectionPool:
        del request, verify, proxies, cert
        return self._pool

    def get_connection(
        self, url: str | bytes, proxies: Mapping[str, str] | None = None
    ) -> urllib3.HTTPConnectionPool:
        """The same for requests before 2.32."""
        del url, proxies
        return self._pool

    def request_url(
        self, request: requests.PreparedRequest, proxies: Mapping[str, str] | None
    ) -> str:
        del proxies
        return request.path_url

    def close(self) -> None:
        super().close()
        self._pool.close()
        self.line.close()
