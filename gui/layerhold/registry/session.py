"""A conversation with one registry: found, asked, and shown a login where it wants one."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import replace
from http import HTTPStatus
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import (
    RegistryFailure,
    RegistryFault,
    RegistryUnreachable,
)
from layerhold.registry import hosts, refusals, tokens
from layerhold.registry.challenge import BASIC, BEARER, Challenge, best
from layerhold.registry.courier import Courier, leaves_tls, place
from layerhold.registry.incoming import Incoming
from layerhold.registry.refusals import Answer
from layerhold.registry.request import Request
from layerhold.registry.tls import Tls
from layerhold.registry.trust import Trust
from layerhold.registry.trusted import trusted_registries

WORTH_HTTP = frozenset(
    {
        RegistryFault.PLAIN_HTTP,
        RegistryFault.REFUSED,
        RegistryFault.TIMEOUT,
        RegistryFault.BROKEN_OFF,
        RegistryFault.OTHER,
    }
)
"""Where TLS fails so, HTTP is tried if it is allowed; never after a bad certificate."""


class Session:
    """One operation's way to a registry. Every method may wait; the token ends that in time."""

    def __init__(
        self,
        registry: str,
        login: Login | None = None,
        token: Token | None = None,
        trust: Trust | None = None,
    ) -> None:
        """Without a word on trust, as the user has it for this registry."""
        if trust is None:
            trust = trusted_registries().of(registry)
        self.registry = registry
        self.token = token
        self._host = hosts.api(registry)
        self._login = login
        self._may_be_plain = trust.plain or hosts.is_loopback(registry)
        with self._named(""):
            self.courier = Courier(token, Tls.at(self._host, trust))
        self._base = ""
        self._challenge: Challenge | None = None
        self._purse = tokens.Purse()
        self._fetching = Lock()
        """Held so that several who need the same token fetch it once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.courier.close()

    def branch(self, token: Token) -> Self:
        """Another session that knows what this one has learned, and ends with its own token.

        Several threads may use it at the same time.
        """
        if not self.is_met:
            self.greet()
        other = copy(self)
        other.token = token
        other.courier = self.courier.another(token)
        return other

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
    def is_met(self) -> bool:
        """Whether the registry has answered already."""
        return bool(self._base)

    @property
    def wants_token(self) -> bool:
        """Whether it sends those who ask to a token server."""
        return self._challenge is not None and self._challenge.scheme == BEARER

    def ask(self, request: Request) -> Answer:
        """A good answer; raises `RegistryFailure` for any other."""
        with self.open(request) as incoming:
            return incoming.whole()

    @contextmanager
    def open(self, request: Request) -> Iterator[Incoming]:
        """As `ask`, but the answer is read while inside."""
        if not self.is_met:
            self.greet()
        with self._about(request.subject):
            with self.courier.open(self._prepared(request)) as incoming:
                if not self._learns_from(incoming, request.scope):
                    yield self._good(incoming)
                    return
            with self.courier.open(self._prepared(request)) as incoming:
                yield self._good(incoming)

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
            answer = self.courier.deliver(Request(wish.url, method, headers=headers), wish)
            granted = tokens.granted(answer.content, monotonic())
            if answer.status != HTTPStatus.OK or granted is None:
                raise self._refusal(answer, by_token_server=True)
        self._purse.put(scope, granted)
        return granted

    def _find(self) -> Answer:
        """The answer of `/v2/`, over TLS where there is any."""
        try:
            return self._look_at(f"https://{self._host}")
        except RegistryUnreachable as failed:
            if not self._may_be_plain or failed.why not in WORTH_HTTP:
                raise
        return self._look_at(f"http://{self._host}")

    def _look_at(self, base: str) -> Answer:
        answer = self.courier.deliver(Request(f"{base}/v2/"))
        self._base = base
        return answer

    def _prepared(self, request: Request) -> Request:
        """With its whole address, and with what the registry, and no other host, is to be shown."""
        url = urljoin(self._base, request.path)
        if leaves_tls(self._base, url):
            told = f"It names {url.partition('?')[0][:200]}, which is not private."
            raise RegistryFailure(detail=told)
        shown = self._authorization(request.scope) if place(url) == place(self._base) else {}
        return replace(request, path=url, headers={**request.headers, **shown})

    def _authorization(self, scope: str) -> dict[str, str]:
        if self._challenge is None:
            return {}
        if self._challenge.scheme == BASIC:
            return _basic(self._login)
        with self._fetching:
            bearer = self._purse.get(scope) or self.fetch_token(scope).bearer
        return {"Authorization": f"Bearer {bearer}"}

    def _learns_from(self, incoming: Incoming, scope: str) -> bool:
        """Whether asking again may help: the token may have ended, or had too small a scope."""
        if incoming.status != HTTPStatus.UNAUTHORIZED or place(incoming.url) != place(self._base):
            return False
        challenge = best(incoming.headers.get("WWW-Authenticate", ""))
        if challenge is None or (challenge.scheme == BASIC and self._challenge == challenge):
            return False
        self._challenge = challenge
        if challenge.scheme == BEARER:
            self._purse.put(scope, self.fetch_token(challenge.get("scope") or scope))
        return True

    def _good(self, incoming: Incoming) -> Incoming:
        if incoming.status >= HTTPStatus.BAD_REQUEST:
            raise self._refusal(incoming.whole())
        return incoming

    def _refusal(self, answer: Answer, *, by_token_server: bool = False) -> RegistryFailure:
        if by_token_server and answer.status == HTTPStatus.BAD_REQUEST:
            # What OAuth answers to a refresh token that has ended or was taken back.
            answer = Answer(HTTPStatus.UNAUTHORIZED, answer.headers, answer.content, answer.url)
        return refusals.failure(answer, logged_in=self._login is not None)

    @contextmanager
    def _about(self, subject: str) -> Iterator[None]:
        """Inside, the token cuts what is waited on."""
        token = self.token
        if token:
            token.check()
        cutting = token.breaking(self.courier.lines.cut) if token else nullcontext()
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
            if isinstance(failure, RegistryUnreachable):
                failure.from_here = True
            raise


def _basic(login: Login | None) -> dict[str, str]:
    if login is None or login.identity_token:
        return {}
    pair = b64encode(f"{login.user}:{login.secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}
