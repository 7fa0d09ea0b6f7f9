"""Logins behind the Docker API: shown with each request, and checked by the registry itself."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.engine.docker import wire
from layerhold.engine.docker.registry_refusals import at_registry
from layerhold.engine.docker.session import Session
from layerhold.registry import hosts

HEADER = "X-Registry-Auth"


class WireLoggedIn(wire.Wire):
    """What `/auth` says of a login that is good."""

    identity_token: str | None = msgspec.field(name="IdentityToken", default="")


def shown(login: Login | None) -> dict[str, str]:
    """The header that goes with everything that an engine asks a registry for.

    Docker 20.10 refuses to push without it, and an empty one is taken for no login.
    """
    content = json.dumps(_fields(login) if login else {})
    return {HEADER: urlsafe_b64encode(content.encode()).decode()}


def check_login(session: Session, login: Login, token: Token | None = None) -> Login:
    """Ask the registry, whatever was right before; a token it gives stands in for the password."""
    with (
        at_registry("", login.registry, logged_in=True),
        session.client(login.registry, token) as client,
    ):
        answer = client.ask("POST", "/auth", json=_fields(login))
        told = wire.decode(answer.content, WireLoggedIn)
    if not told.identity_token:
        return login
    return replace(login, secret="", identity_token=told.identity_token)


def _fields(login: Login) -> dict[str, str]:
    address = {"serveraddress": hosts.key(login.registry)}
    if login.identity_token:
        return address | {"identitytoken": login.identity_token}
    return address | {"username": login.user, "password": login.secret}
