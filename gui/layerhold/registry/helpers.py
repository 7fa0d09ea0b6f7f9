"""Logins that a credential helper keeps: a program called `docker-credential-…`.

The protocol is that of docker/docker-credential-helpers: a verb as the only argument, JSON or a key
on standard input, JSON on standard output, and where it fails its words there too.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import CredentialFailure, HelperFailed, HelperMissing
from layerhold.domain.login import Login
from layerhold.registry import hosts
from layerhold.registry.helper_process import Ended, converse
from layerhold.registry.places import Keeper, Place
from layerhold.registry.wire import decode

PREFIX = "docker-credential-"
NOT_FOUND = "credentials not found"
TOKEN_USER = "<token>"
"""The user's name where the secret is an identity token."""
MASK = "***"
LONGEST_WORDS = 500
"""Characters of a helper's own words."""

Answer = TypeVar("Answer")


class _Entry(msgspec.Struct, rename="pascal"):
    """What `get` says."""

    username: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class HelperStore:
    """The logins that one helper keeps."""

    name: str
    """What follows `docker-credential-`."""
    environ: Mapping[str, str]

    def place(self, token: Token | None = None) -> Place:
        del token
        problem: CredentialFailure | None = None
        try:
            self._program()
        except HelperMissing as missing:
            problem = missing
        return Place(Keeper.HELPER, self.name, problem)

    def get(self, registry: str, token: Token | None = None) -> Login | None:
        found = self._ask("get", hosts.key(registry).encode(), token)
        entry = self._decoded(found, _Entry) if found else _Entry()
        if not entry.secret:
            return None
        if entry.username == TOKEN_USER:
            return Login(registry, identity_token=entry.secret)
        return Login(registry, entry.username, entry.secret)

    def put(self, login: Login, token: Token | None = None) -> None:
        secret = login.identity_token or login.secret
        message = {
            "ServerURL": hosts.key(login.registry),
            "Username": TOKEN_USER if login.identity_token else login.user,
            "Secret": secret,
        }
        self._ask("store", msgspec.json.encode(message), token, secret)

    def drop(self, registry: str, token: Token | None = None) -> bool:
        kept = self._keys_of(registry, token)
        for key in kept:
            self._ask("erase", key.encode(), token)
        return bool(kept)

    def users(self, token: Token | None = None) -> dict[str, str]:
        known = {hosts.of_key(key): user for key, user in self._keys(token).items()}
        known.pop("", None)
        return {registry: "" if user == TOKEN_USER else user for registry, user in known.items()}

    def _keys(self, token: Token | None) -> dict[str, str]:
        """Everything the helper keeps: the users by key."""
        return self._decoded(self._ask("list", b"", token) or b"{}", dict[str, str])

    def _keys_of(self, registry: str, token: Token | None) -> list[str]:
        """The keys of one registry; the one there must be where the helper cannot list them."""
        try:
            return [key for key in self._keys(token) if hosts.of_key(key) == registry]
        except HelperFailed:
            return [hosts.key(registry)]

    def _ask(self, verb: str, message: bytes, token: Token | None, secret: str = "") -> bytes:
        """What the helper says; nothing where it keeps no such login."""
        program = self._program()
        ended = converse(program, verb, message, self.environ, token)
        if not ended.code:
            return ended.said.strip()
        words = _words(ended)
        if NOT_FOUND in words.lower():
            return b""
        raise HelperFailed(program.name, _without(secret, words)[:LONGEST_WORDS])

    def _decoded(self, said: bytes, kind: type[Answer]) -> Answer:
        try:
            return decode(said, kind)
        except ValueError:
            # Not even as a cause: what cannot be read may well be a secret.
            raise HelperFailed(PREFIX + self.name, "It does not answer in JSON.") from None

    def _program(self) -> Path:
        found = None
        if "/" not in self.name:
            found = shutil.which(PREFIX + self.name, path=self.environ.get("PATH", ""))
        if not found:
            raise HelperMissing(PREFIX + self.name)
        return Path(found)


def _words(ended: Ended) -> str:
    """Why a helper failed, in its own words; what looks like an entry is none of them."""
    said = ended.said.decode(errors="replace").strip()
    complained = ended.complained.decode(errors="replace").strip()
    return complained if not said or "{" in said else said


def _without(secret: str, words: str) -> str:
    """The words, although a helper may repeat what it was told."""
    written = msgspec.json.encode(secret).decode()[1:-1]
    return words.replace(secret, MASK).replace(written, MASK) if secret else words
