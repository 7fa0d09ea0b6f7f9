"""Sends requests, and shows a login to nobody it is not meant for."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import requests

from layerhold import __version__
from layerhold.domain.cancel import Token
from layerhold.domain.registry_errors import RegistryFailure
from layerhold.registry import lines
from layerhold.registry.faults import plain_errors
from layerhold.registry.incoming import Incoming
from layerhold.registry.lines import Lines
from layerhold.registry.refusals import Answer
from layerhold.registry.request import Request
from layerhold.registry.tls import Tls
from layerhold.registry.tokens import Wish
from layerhold.registry.transport import LineAdapter

READ_SECONDS = 30.0
"""Without a single byte."""


class Courier(requests.Session):
    """Shows a login to no other host than it was meant for, and never leaves TLS.

    Several threads may send through it at the same time.
    """

    def __init__(self, token: Token | None, tls: Tls) -> None:
        super().__init__()
        self.lines = Lines()
        self._token, self._tls = token, tls
        self.headers["User-Agent"] = f"Layerhold/{__version__}"
        # A small answer may unpack to anything, and a blob's digest is of what it is packed as.
        self.headers["Accept-Encoding"] = "identity"
        usual = LineAdapter(self.lines, token, tls.usual)
        self.mount("http://", usual)
        self.mount("https://", usual)
        if tls.excepted:
            excepted = LineAdapter(self.lines, token, tls.excepted)
            self.mount(f"https://{tls.host}/", excepted)

    def another(self, token: Token) -> "Courier":
        """One that trusts whom this one trusts, over lines of its own."""
        return Courier(token, self._tls)

    def deliver(self, request: Request, wish: Wish | None = None) -> Answer:
        """The answer, whatever its status; raises `RegistryFailure`, and `Cancelled` in time."""
        with self.open(request, wish) as incoming:
            return incoming.whole()

    @contextmanager
    def open(self, request: Request, wish: Wish | None = None) -> Iterator[Incoming]:
        """As `deliver`, but the answer is read while inside, and not to the end if not wanted."""
        responses: list[requests.Response] = []
        try:
            with plain_errors(self._token):
                response = self._sent(request, wish, responses)
            yield Incoming(response, self._token)
        finally:
            # Redirects that led nowhere are half read too.
            for each in responses:
                each.close()

    def _sent(
        self, request: Request, wish: Wish | None, responses: list[requests.Response]
    ) -> requests.Response:
        return self.request(
            request.method,
            request.path,
            headers=dict(request.headers),
            params=wish.query if wish else None,
            data=wish.form if wish and wish.form else request.body,
            # Else requests would look into ~/.netrc, and show what it finds there instead.
            auth=_as_it_is,
            timeout=(lines.CONNECT_SECONDS, READ_SECONDS),
            stream=True,
            hooks={"response": lambda response, **_: responses.append(response)},
        )

    def rebuild_auth(
        self, prepared_request: requests.PreparedRequest, response: requests.Response
    ) -> None:
        """After a redirect; ~/.netrc stays out of it here too."""
        if place(response.request.url) != place(prepared_request.url):
            prepared_request.headers.pop("Authorization", None)

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        if target and leaves_tls(resp.url, urljoin(resp.url, target)) and not self._tls.may_be_left:
            # What stands behind the path may be as good as a password.
            told = target.partition("?")[0][:200]
            raise RegistryFailure(detail=f"It leads to {told}, which is not private.")
        return target

    def close(self) -> None:
        super().close()
        self.lines.close()


def leaves_tls(here: str, there: str) -> bool:
    """Whether what was private would not be any more."""
    return urlsplit(here).scheme == "https" and urlsplit(there).scheme != "https"


def place(url: str | None) -> tuple[str, str]:
    """What a login is for: the scheme and the host of a URL, with its port."""
    parts = urlsplit(url or "")
    return parts.scheme, parts.netloc


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
