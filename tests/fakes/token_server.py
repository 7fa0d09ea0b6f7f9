"""A token server that Docker's registry believes: its tokens are signed."""

import base64
import contextlib
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes.registry_server import BASIC, Handler, Server, answer, serving
from needs import need

SERVICE, ISSUER = "tests", "the token server of the tests"
SECONDS = 60


@dataclass(frozen=True)
class TokenServer:
    """Everybody may pull, and whoever has the password may push."""

    server: Server
    settings: dict[str, str]
    """For `docker_registry.running`."""


@contextlib.contextmanager
def giving_tokens(folder: Path) -> Iterator[TokenServer]:
    """A token server that answers for a while."""
    key, certificate = folder / "token.key", folder / "token.pem"
    command = [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-subj", "/CN=tokens", "-keyout", key, "-out", certificate]
    subprocess.run([*command, *files], check=True, capture_output=True)
    with serving() as server:
        server.say("/token", lambda handler: _give(handler, key, certificate))
        yield TokenServer(
            server,
            {
                "realm": f"{server.url}/token",
                "service": SERVICE,
                "issuer": ISSUER,
                "rootcertbundle": str(certificate),
            },
        )


def _give(handler: Handler, key: Path, certificate: Path) -> None:
    shown = handler.asked.authorization
    if shown and shown != BASIC:
        return answer(401, b'{"details": "incorrect username or password"}')(handler)
    access = [_access(scope, bool(shown)) for scope in handler.asked.query.get("scope", [])]
    token = _signed(access, key, certificate)
    told = {"token": token, "expires_in": SECONDS}
    return answer(200, json.dumps(told).encode())(handler)


def _access(scope: str, is_known: bool) -> dict[str, Any]:
    kind, name, actions = scope.split(":")
    allowed = [each for each in actions.split(",") if is_known or each == "pull"]
    return {"type": kind, "name": name, "actions": allowed}


def _signed(access: list[dict[str, Any]], key: Path, certificate: Path) -> str:
    now = int(time.time())
    head = {"typ": "JWT", "alg": "RS256", "x5c": [_der(certificate)]}
    claims = {
        "iss": ISSUER,
        "aud": SERVICE,
        "sub": "tester",
        "jti": str(time.monotonic_ns()),
        "nbf": now - SECONDS,
        "iat": now,
        "exp": now + SECONDS,
        "access": access,
    }
    message = ".".join(_packed(json.dumps(part).encode()) for part in (head, claims))
    command = [need("openssl"), "dgst", "-sha256", "-sign", key]
    signing = subprocess.run(command, input=message.encode(), check=True, capture_output=True)
    return f"{message}.{_packed(signing.stdout)}"


def _der(certificate: Path) -> str:
    lines = certificate.read_text().splitlines()
    return "".join(lines[1 : lines.index("-----END CERTIFICATE-----")])


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
