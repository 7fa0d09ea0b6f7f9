"""Ask the registry itself whether a login is good."""

from dataclasses import replace
from http import HTTPStatus

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.registry.request import Request
from layerhold.registry.session import Session
from layerhold.registry.trust import Trust


def check(login: Login, token: Token | None = None, trust: Trust | None = None) -> Login:
    """The login as it is to be kept: a token that the registry gives stands in for the password.

    Raises `LoginRefused`, `RegistryUnreachable` and other `RegistryFailure`. A registry that wants
    no login accepts every one.
    """
    with Session(login.registry, login, token, trust) as session:
        if session.greet().status == HTTPStatus.OK:
            return login
        identity = session.fetch_token(keep=True).identity if session.wants_token else ""
        session.ask(Request("/v2/"))
    return replace(login, secret="", identity_token=identity) if identity else login
