"""Sends one request after another, and turns whatever goes wrong on the way into our failures."""

import http.client
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions

from layerhold import __version__
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Cancelled
from layerhold.domain.registry_errors import RegistryFailure, RegistryFault, RegistryUnreachable
from layerhold.registry import lines
from layerhold.registry.lines import Lines
from layerhold.registry.refusals import Answer
from layerhold.registry.tokens import Wish
from layerhold.registry.transport import LineAdapter
from layerhold.registry.trust import Trust

READ_SECONDS = 30.0
"""Without a single byte."""
WHOLE_SECONDS = 120.0
"""For a whole answer, however slowly it drips; there are no long ones here."""
LARGEST = 4 << 20
"""Bytes of an answer: what registries allow a manifest to have."""
CHUNK = 1 << 16
NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
"""What OpenSSL says of an answer in plain text."""


class Courier(requests.Session):
    """Shows a login to no other host than it was meant for, and never leaves TLS."""

    def __init__(self, host: str, token: Token | None, trust: Trust) -> None:
        super().__init__()
        self.lines = Lines()
        self._token = token
        self._plain = trust.plain
        self.headers["User-Agent"] = f"Layerhold/{__version__}"
        # Nothing here is large, and a small answer may unpack to anything.
        self.headers["Accept-Encoding"] = "identity"
        self._responses: list[requests.Response] = []
        self.hooks["response"] = [lambda response, **_: self._responses.append(response)]
        usual = LineAdapter(self.lines, token, trust)
        self.mount("http://", usual)
        self.mount("https://", usual)
        if trust.unverified:
            excepted = LineAdapter(self.lines, token, trust, verified=False)
            self.mount(f"https://{host}/", excepted)

    def deliver(
        self, method: str, url: str, headers: Mapping[str, str], wish: Wish | None = None
    ) -> Answer:
        """The answer, whatever its status; raises `RegistryFailure`, and `Cancelled` in time."""
        with plain_errors(self._token), self._closing():
            response = self.request(
                method,
                url,
                headers=dict(headers),
                params=wish.query if wish else None,
                data=wish.form if wish and wish.form else None,
                # Else requests would look into ~/.netrc, and show what it finds there instead.
                auth=_as_it_is,
                timeout=(lines.CONNECT_SECONDS, READ_SECONDS),
                stream=True,
            )
            content = _content(response)
            # What only the connection's end would end looks whole after it was cut.
            if self._token:
                self._token.check()
            return Answer(response.status_code, response.headers, content, response.url)

    @contextmanager
    def _closing(self) -> Iterator[None]:
        """Leave no answer half read, redirects that led nowhere included."""
        try:
            yield
        finally:
            while self._responses:
                self._responses.pop().close()

    def rebuild_auth(
        self, prepared_request: requests.PreparedRequest, response: requests.Response
    ) -> None:
        """After a redirect; ~/.netrc stays out of it here too."""
        if _place(response.request.url) != _place(prepared_request.url):
            prepared_request.headers.pop("Authorization", None)

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        if target and leaves_tls(resp.url, urljoin(resp.url, target)) and not self._plain:
            raise RegistryFailure(detail=f"It leads to {target[:200]}, which is not private.")
        return target

    def close(self) -> None:
        super().close()
        self.lines.close()


def leaves_tls(here: str, there: str) -> bool:
    """Whether what was private would not be any more."""
    return urlsplit(here).scheme == "https" and urlsplit(there).scheme != "https"


@contextmanager
def plain_errors(token: Token | None) -> Iterator[None]:
    """Raise only failures, and `Cancelled` once the token is."""
    try:
        yield
    except ERRORS as error:
        if token and token.cancelled:
            raise Cancelled from error
        if isinstance(error, RegistryFailure):
            raise
        root = _root(error)
        raise RegistryUnreachable(detail=str(root)[:500], why=_why(error, root)) from error


ERRORS = (
    RegistryFailure,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)
"""What comes out of requests; an odd address in a redirect is a `ValueError`."""


def _place(url: str | None) -> tuple[str, str]:
    parts = urlsplit(url or "")
    return parts.scheme, parts.netloc


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _content(response: requests.Response) -> bytes:
    content = bytearray()
    until = monotonic() + WHOLE_SECONDS
    while chunk := response.raw.read1(CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise RegistryFailure(detail=f"an answer of more than {LARGEST} bytes")
        if monotonic() > until:
            raise RegistryUnreachable(detail="it answers too slowly", why=RegistryFault.TIMEOUT)
    return bytes(content)


def _root(error: BaseException) -> BaseException:
    """What began it: libraries wrap one error in the other, as a reason or as an argument."""
    inner = getattr(error, "reason", None) or next(iter(error.args), None)
    if not isinstance(inner, BaseException):
        inner = next((each for each in error.args if isinstance(each, BaseException)), None)
    return _root(inner) if inner is not None and inner is not error else error


def _why(error: BaseException, root: BaseException) -> RegistryFault:
    if isinstance(error, requests.exceptions.ProxyError):
        return RegistryFault.OTHER
    if isinstance(root, ssl.SSLCertVerificationError | urllib3.exceptions.SSLError):
        return RegistryFault.CERTIFICATE
    if isinstance(root, ssl.SSLError) and root.reason in NO_TLS:
        return RegistryFault.PLAIN_HTTP
    if isinstance(error, requests.Timeout) or isinstance(root, TimeoutError):
        return RegistryFault.TIMEOUT
    if isinstance(root, http.client.HTTPException):
        return RegistryFault.NOT_A_REGISTRY
    return RegistryFault.OTHER
