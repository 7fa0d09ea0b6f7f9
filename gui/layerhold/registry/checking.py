"""Ask the registry itself whether a login is good."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.domain.registry_errors import RegistryFailure, RegistryFault, RegistryUnreachable
from layerhold.registry.request import Request
from layerhold.registry.session import Session
from layerhold.registry.trust import Trust

Check = Callable[[Login, Token], Login]
"""Asks the registry, and gives back what is to be kept; raises `RegistryFailure`."""


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


def check_with(engine: Check, login: Login, token: Token) -> Login:
    """What the engine says, which asks with its own network and certificates.

    Docker takes whatever answers to `/v2/` with a success for a registry that let it in; so we look
    as well. Where we cannot, the engine's word counts.
    """
    checked = engine(login, token)
    try:
        with Session(login.registry, token=token) as session:
            session.greet()
    except RegistryFailure as failure:
        if isinstance(failure, RegistryUnreachable) and failure.why is RegistryFault.NOT_A_REGISTRY:
            raise
    return checked
