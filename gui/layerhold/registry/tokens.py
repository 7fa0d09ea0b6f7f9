"""Bearer tokens: asked for by what they are to allow, and used until they end.

As Docker's registry specifies (distribution/docs/spec/auth: token, oauth).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import msgspec

from layerhold.domain.login import Login
from layerhold.registry.challenge import Challenge
from layerhold.registry.wire import decode

CLIENT = "layerhold"
USUAL_SECONDS = 60.0
"""How long a token is good where nobody says."""
SPARE_SECONDS = 5.0
"""A token is not used so shortly before its end."""


class _Wire(msgspec.Struct):
    """What a token server says."""

    token: str | None = None
    access_token: str | None = None
    refresh_token: str | None = None
    expires_in: float | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """What a token server gave."""

    bearer: str = field(repr=False)
    identity: str = field(repr=False)
    """What may be kept in place of the password, if anything."""
    good_until: float
    """Seconds of the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to ask a token server."""

    url: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Where there is one, it is posted in place of the query."""


class Purse:
    """The tokens of one session."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._tokens: dict[str, Granted] = {}

    def put(self, scope: str, granted: Granted) -> None:
        self._tokens[scope] = granted

    def get(self, scope: str) -> str:
        """A token that is still good for the scope, or nothing."""
        granted = self._tokens.get(scope)
        if granted and granted.good_until > self._clock():
            return granted.bearer
        return ""


def wish(challenge: Challenge, scope: str, login: Login | None, *, keep: bool = False) -> Wish:
    """What to ask the token server; `keep` also asks for what can stand in for the password."""
    realm, service = challenge.get("realm"), challenge.get("service")
    about = [("service", service)] if service else []
    if login and login.identity_token:
        about += [("scope", scope)] if scope else []
        return Wish(realm, form=(*about, *_renewal(login)))
    about += [("scope", one) for one in scope.split()]
    if login:
        about.append(("account", login.user))
    if keep:
        about += [("offline_token", "true"), ("client_id", CLIENT)]
    return Wish(realm, query=tuple(about))


def _renewal(login: Login) -> tuple[tuple[str, str], ...]:
    token = login.identity_token
    return ("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", CLIENT)


def granted(content: bytes, now: float) -> Granted | None:
    """What the token server's answer grants; nothing where it is none."""
    try:
        wire = decode(content, _Wire)
    except ValueError:
        return None
    bearer = wire.token or wire.access_token
    if not bearer:
        return None
    seconds = max(0.0, (wire.expires_in or USUAL_SECONDS) - SPARE_SECONDS)
    return Granted(bearer, wire.refresh_token or "", now + seconds)
