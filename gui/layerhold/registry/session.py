"""A conversation with one registry: found, asked, and shown a login where it wants one."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http import HTTPStatus
from time import monotonic
from types import TracebackType
from typing import Self

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import (
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
)
from layerhold.registry import hosts, refusals, tokens
from layerhold.registry.challenge import BASIC, BEARER, Challenge, best
from layerhold.registry.courier import Courier, leaves_tls
from layerhold.registry.refusals import Answer
from layerhold.registry.trust import STRICT, Trust

WORTH_HTTP = frozenset(
    {RegistryFault.PLAIN_HTTP, RegistryFault.REFUSED, RegistryFault.TIMEOUT, RegistryFault.OTHER}
)
"""Where TLS fails so, HTTP is tried if it is allowed; never after a bad certificate."""


class Session:
    """One operation's way to a registry. Every method may wait; the token ends that in time."""

    def __init__(
        self,
        registry: str,
        login: Login | None = None,
        token: Token | None = None,
        trust: Trust = STRICT,
    ) -> None:
        self.registry = registry
        self._host = hosts.api(registry)
        self._login = login
        self._token = token
        self._may_be_plain = trust.plain or hosts.is_loopback(registry)
        with self._named(""):
            self._courier = Courier(self._host, token, trust)
        self._base = ""
        self._challenge: Challenge | None = None
        self._purse = tokens.Purse()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._courier.close()

    def greet(self) -> Answer:
        """Find the registry, and learn what it wants to be shown; what it says is not judged."""
        with self._about(""):
            answer = self._find()
            if not refusals.is_registry(answer):
                told = f"{answer.status} for /v2/"
                raise RegistryUnreachable(detail=told, why=RegistryFault.NOT_A_REGISTRY)
        self._challenge = best(answer.header("WWW-Authenticate"))
        return answer

    @property
    def wants_token(self) -> bool:
        """Whether it sends those who ask to a token server."""
        return self._challenge is not None and self._challenge.scheme == BEARER

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        scope: str = "",
        accept: str = "*/*",
        subject: str = "",
    ) -> Answer:
        """A good answer about the subject; raises `RegistryFailure` for any other."""
        if not self._base:
            self.greet()
        with self._about(subject):
            answer = self._send(method, path, accept, scope)
            if answer.status == HTTPStatus.UNAUTHORIZED and self._learns_from(answer, scope):
                answer = self._send(method, path, accept, scope)
            if answer.status >= HTTPStatus.BAD_REQUEST:
                raise self._refusal(answer)
        return answer

    def fetch_token(self, scope: str = "", *, keep: bool = False) -> tokens.Granted:
        """A token for the scope; `keep` also asks for what can stand in for the password."""
        challenge = self._challenge or Challenge(BEARER)
        wish = tokens.wish(challenge, scope, self._login, keep=keep)
        with self._about(""):
            if not wish.url.startswith(("https://", "http://")):
                told = "It names no token server."
                raise RegistryUnreachable(detail=told, why=RegistryFault.NOT_A_REGISTRY)
            if leaves_tls(self._base, wish.url):
                told = f"Its token server is at {wish.url[:200]}, which is not private."
                raise RegistryFailure(detail=told)
            method = "POST" if wish.form else "GET"
            headers = {} if wish.form else _basic(self._login)
            answer = self._courier.deliver(method, wish.url, headers, wish)
            granted = tokens.granted(answer.content, monotonic())
            if answer.status != HTTPStatus.OK or granted is None:
                raise self._refusal(answer, by_token_server=True)
        self._purse.put(scope, granted)
        return granted

    def _find(self) -> Answer:
        """The answer of `/v2/`, over TLS where there is any."""
        self._base = f"https://{self._host}"
        try:
            return self._courier.deliver("GET", f"{self._base}/v2/", {})
        except RegistryUnreachable as failed:
            if not self._may_be_plain or failed.why not in WORTH_HTTP:
                self._base = ""
                raise
        self._base = f"http://{self._host}"
        return self._courier.deliver("GET", f"{self._base}/v2/", {})

    def _send(self, method: str, path: str, accept: str, scope: str) -> Answer:
        headers = {"Accept": accept} | self._authorization(scope)
        return self._courier.deliver(method, self._base + path, headers)

    def _authorization(self, scope: str) -> dict[str, str]:
        if self._challenge is None:
            return {}
        if self._challenge.scheme == BASIC:
            return _basic(self._login)
        bearer = self._purse.get(scope) or self.fetch_token(scope).bearer
        return {"Authorization": f"Bearer {bearer}"}

    def _learns_from(self, answer: Answer, scope: str) -> bool:
        """Whether asking again may help: the token may have ended, or had too small a scope."""
        challenge = best(answer.header("WWW-Authenticate"))
        if challenge is None or (challenge.scheme == BASIC and self._challenge == challenge):
            return False
        self._challenge = challenge
        if challenge.scheme == BEARER:
            self._purse.put(scope, self.fetch_token(challenge.get("scope") or scope))
        return True

    def _refusal(self, answer: Answer, *, by_token_server: bool = False) -> RegistryFailure:
        if by_token_server and answer.status == HTTPStatus.BAD_REQUEST:
            # What OAuth answers to a refresh token that has ended or was taken back.
            answer = Answer(HTTPStatus.UNAUTHORIZED, answer.headers, answer.content, answer.url)
        return refusals.failure(answer, logged_in=self._login is not None)

    @contextmanager
    def _about(self, subject: str) -> Iterator[None]:
        """Inside, the token cuts what is waited on."""
        token = self._token
        if token:
            token.check()
        cutting = token.breaking(self._courier.lines.cut) if token else nullcontext()
        with cutting, self._named(subject):
            yield

    @contextmanager
    def _named(self, subject: str) -> Iterator[None]:
        """Inside, every failure says what it is about."""
        try:
            yield
        except RegistryFailure as failure:
            failure.subject = failure.subject or subject
            failure.registry = failure.registry or self.registry
            raise


def _basic(login: Login | None) -> dict[str, str]:
    if login is None or login.identity_token:
        return {}
    pair = b64encode(f"{login.user}:{login.secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}
