"""Logins as builders take them: all at once, since any registry may be named in a Dockerfile."""

import base64
import json
from collections.abc import Mapping

import docker.auth

from layerhold.domain.login import Login

HUB = "docker.io"


def header(logins: Mapping[str, Login]) -> dict[str, str]:
    """`X-Registry-Config` of `POST /build`; nothing where there are none."""
    if not logins:
        return {}
    known = {_key(login): _plain(login) for login in logins.values()}
    return {"X-Registry-Config": docker.auth.encode_header(known).decode()}


def variable(logins: Mapping[str, Login]) -> dict[str, str]:
    """A variable that the command line takes before what it has kept itself."""
    if not logins:
        return {}
    known = {_key(login): _encoded(login) for login in logins.values()}
    return {"DOCKER_AUTH_CONFIG": json.dumps({"auths": known})}


def _key(login: Login) -> str:
    return str(docker.auth.INDEX_URL) if login.registry == HUB else login.registry


def _plain(login: Login) -> dict[str, str]:
    if login.identity_token:
        return {"identitytoken": login.identity_token}
    return {"username": login.user, "password": login.secret}


def _encoded(login: Login) -> dict[str, str]:
    if login.identity_token:
        return {"identitytoken": login.identity_token}
    return {"auth": base64.b64encode(f"{login.user}:{login.secret}".encode()).decode()}
