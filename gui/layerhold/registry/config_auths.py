"""Logins in `auths` of Docker's `config.json`: encoded, but plain to whoever reads the file."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import EntryUnreadable, LoginNotWritten
from layerhold.domain.errors import ConfigProblem
from layerhold.domain.login import Login
from layerhold.registry import hosts
from layerhold.registry.docker_config import parse, read_object, table, text
from layerhold.registry.json_text import indent, members, newline, with_member, written
from layerhold.registry.places import Keeper, Place
from layerhold.registry.replacing import rewrite

AUTHS = "auths"
BOM = "\ufeff"
NO_LOGIN = "{}"
"""What the docker command leaves where a helper has the login."""


@dataclass(frozen=True, slots=True)
class AuthsStore:
    """The logins in one `config.json`."""

    path: Path

    def place(self, token: Token | None = None) -> Place:
        del token
        return Place(Keeper.CONFIG, str(self.path))

    def get(self, registry: str, token: Token | None = None) -> Login | None:
        del token
        entries = self._entries()
        found = (_login(registry, entries[key]) for key in _keys_of(registry, entries))
        return next(filter(None, found), None)

    def put(self, login: Login, token: Token | None = None) -> None:
        del token
        self._change(login.registry, {hosts.key(login.registry): _entry(login)})

    def drop(self, registry: str, token: Token | None = None) -> bool:
        del token
        entries = self._entries()
        keys = _keys_of(registry, entries)
        if keys:
            self._change(registry, {})
        return any(entries[key] for key in keys)

    def blank(self, registry: str) -> None:
        """Keep no secret for the registry, which a helper now has."""
        entries = self._entries()
        keys = _keys_of(registry, entries)
        if any(entries[key] for key in keys):
            self._change(registry, dict.fromkeys(keys, NO_LOGIN))

    def users(self, token: Token | None = None) -> dict[str, str]:
        del token
        known: dict[str, str] = {}
        for key, entry in self._entries().items():
            registry = hosts.of_key(key)
            if registry and entry and not known.get(registry):
                known[registry] = _user(registry, entry)
        return known

    def _entries(self) -> dict[str, Any]:
        return table(read_object(self.path).get(AUTHS))

    def _change(self, registry: str, entries: Mapping[str, str]) -> None:
        """Put these in place of all entries of the registry, and touch nothing else."""

        def change(content: bytes | None) -> bytes:
            return self._changed(b"{}" if content is None else content, registry, entries)

        try:
            rewrite(self.path, change)
        except OSError as error:
            raise LoginNotWritten(str(self.path), error.strerror or str(error)) from error

    def _changed(self, content: bytes, registry: str, entries: Mapping[str, str]) -> bytes:
        known = parse(content, self.path).get(AUTHS)
        if not isinstance(known, dict | None):
            # What cannot be understood is somebody's work, and stays as it is.
            raise ConfigProblem(str(self.path), f"{AUTHS} is not an object")
        whole = content.decode()
        mark = BOM if whole.startswith(BOM) else ""
        body = whole.removeprefix(BOM)
        body = body if body.strip() else "{}"
        kept = _texts(body) if known else {}
        for key in _keys_of(registry, kept):
            if key not in entries:
                del kept[key]
        value = written({**kept, **entries}, indent(body), newline(body))
        return (mark + with_member(body, AUTHS, value)).encode()


def _texts(body: str) -> dict[str, str]:
    """The entries as they are written."""
    auths = [member for member in members(body) if member.key == AUTHS][-1]
    return {it.key: body[it.start : it.end] for it in members(body, auths.start)}


def _keys_of(registry: str, entries: Iterable[str]) -> list[str]:
    """The keys of one registry, first the one that the docker command looks for first."""
    exact = hosts.key(registry)
    return sorted((key for key in entries if hosts.of_key(key) == registry), key=exact.__ne__)


def _entry(login: Login) -> str:
    """An entry as the docker command writes it."""
    entry: dict[str, str] = {}
    if login.user or login.secret:
        entry["auth"] = base64.b64encode(f"{login.user}:{login.secret}".encode()).decode()
    if login.identity_token:
        entry["identitytoken"] = login.identity_token
    return json.dumps(entry)


def _user(registry: str, entry: object) -> str:
    try:
        login = _login(registry, entry)
    except EntryUnreadable:
        return ""
    return login.user if login else ""


def _login(registry: str, entry: object) -> Login | None:
    """The login in an entry; raises `EntryUnreadable`."""
    if not isinstance(entry, dict):
        raise EntryUnreadable(registry)
    user, secret = text(entry.get("username")), _secret(entry.get("password"))
    if encoded := text(entry.get("auth")):
        user, secret = _decoded(registry, encoded)
    identity = _secret(entry.get("identitytoken"))
    if not (secret or identity):
        return None
    return Login(registry, user, secret, identity)


def _decoded(registry: str, encoded: str) -> tuple[str, str]:
    try:
        user, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        # Not even as a cause: it would quote what may be a secret.
        raise EntryUnreadable(registry) from None
    if not colon:
        raise EntryUnreadable(registry)
    return user, secret.strip("\0")


def _secret(value: object) -> str:
    """A secret to the letter; spaces may belong to it."""
    return value if isinstance(value, str) else ""
