"""The SDK's low-level client on a line of our own; imported when the first one is wanted."""

from http import HTTPStatus
from typing import Any

import docker
import docker.auth
import docker.utils.proxy
import requests
import urllib3.exceptions

from layerhold import __version__
from layerhold.domain.errors import EngineFailure, NotAnEngine, OutcomeUnknown
from layerhold.engine.docker.address import Address
from layerhold.engine.docker.answers import READ_AT_MOST, refusal
from layerhold.engine.docker.errors import kind
from layerhold.engine.docker.line import Line
from layerhold.engine.docker.transport import LineAdapter

Limits = tuple[float, float | None]
"""Seconds to connect, and between two pieces of an answer."""


class Client(docker.APIClient):
    """Sends the requests of one operation at a time."""

    def __init__(self, address: Address, api: str, limits: Limits) -> None:
        # Not APIClient's own: it reads config.json and fails on one malformed entry there.
        requests.Session.__init__(self)
        self.base_url = "http+docker://localhost"
        self.trust_env = False
        self.hooks["response"].append(_check_answer)
        self.headers["User-Agent"] = f"Layerhold/{__version__}"
        self.credstore_env = None
        self._version = api
        self._limits = limits
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


def _check_answer(response: requests.Response, *_: Any, **__: Any) -> requests.Response:
    """Raise what a refusal means, before the SDK stumbles over bodies it does not expect."""
    if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
        return response
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return response
    body = response.raw.read(READ_AT_MOST, decode_content=False)
    response.close()
    raise refusal(response.status_code, body)


@kind.register
def _ran_out_of_time(
    _error: requests.Timeout | urllib3.exceptions.TimeoutError,
) -> type[EngineFailure]:
    return OutcomeUnknown


@kind.register
def _is_strange(
    _error: requests.exceptions.InvalidSchema
    | requests.exceptions.InvalidURL
    | requests.exceptions.ContentDecodingError
    | requests.exceptions.TooManyRedirects
    | urllib3.exceptions.DecodeError,
) -> type[EngineFailure]:
    return NotAnEngine
