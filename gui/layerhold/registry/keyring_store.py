"""Logins that the desktop's keyring keeps for Layerhold alone.

No keyring can tell what it keeps for one program, so a list of registries and users lies beside it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import (
    CredentialFailure,
    EntryUnreadable,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    LoginNotWritten,
)
from layerhold.domain.login import Login
from layerhold.registry.patience import patiently
from layerhold.registry.places import Keeper, Place
from layerhold.registry.replacing import read, rewrite
from layerhold.registry.wire import decode

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Layerhold"
SAFE = 1
"""The lowest priority of what the keyring library recommends; files in plain text are below it."""
LINUX_ERRORS = (("secretstorage", "SecretStorageException"), ("jeepney", "DBusErrorResponse"))
"""Modules that are there on Linux only, and their errors that get past the library."""

Answer = TypeVar("Answer")


class _Entry(msgspec.Struct, repr_omit_defaults=True):
    """What the keyring has for a registry."""

    user: str = ""
    secret: str = ""
    identity_token: str = ""


@dataclass(frozen=True, slots=True)
class KeyringStore:
    """The logins in the keyring of this desktop."""

    index: Path
    """Our list of who is logged in where."""

    def place(self, token: Token | None = None) -> Place:
        try:
            return Place(Keeper.KEYRING, patiently(lambda: _backend().name, token))
        except CredentialFailure as problem:
            return Place(Keeper.KEYRING, "", problem)

    def get(self, registry: str, token: Token | None = None) -> Login | None:
        if registry not in self.users():
            return None
        kept = self._ask(lambda keyring: keyring.get_password(SERVICE, registry), token)
        if kept is None:
            return None
        try:
            entry = decode(kept, _Entry)
        except ValueError:
            raise EntryUnreadable(registry) from None
        return Login(registry, entry.user, entry.secret, entry.identity_token)

    def put(self, login: Login, token: Token | None = None) -> None:
        entry = _Entry(login.user, login.secret, login.identity_token)
        written = msgspec.json.encode(entry).decode()
        self._ask(lambda keyring: keyring.set_password(SERVICE, login.registry, written), token)
        self._note(self.users() | {login.registry: login.user})

    def drop(self, registry: str, token: Token | None = None) -> bool:
        known = self.users()
        if registry not in known:
            return False
        self._ask(lambda keyring: _delete(keyring, registry), token)
        del known[registry]
        self._note(known)
        return True

    def users(self, token: Token | None = None) -> dict[str, str]:
        del token
        with suppress(OSError, ValueError):
            return decode(read(self.index) or b"{}", dict[str, str])
        return {}

    def _ask(self, question: Callable[["KeyringBackend"], Answer], token: Token | None) -> Answer:
        def ask() -> Answer:
            with _plain_errors():
                return question(_backend())

        return patiently(ask, token)

    def _note(self, users: dict[str, str]) -> None:
        try:
            rewrite(self.index, lambda _before: msgspec.json.encode(users))
        except OSError as error:
            raise LoginNotWritten(str(self.index), error.strerror or str(error)) from error


def _backend() -> "KeyringBackend":
    """The keyring that the library chooses; raises `KeyringMissing` for one that is not safe."""
    import keyring  # looks for plug-ins, which takes long, and most people have a helper

    with _plain_errors():
        backend = keyring.get_keyring()
        if backend.priority < SAFE:
            raise KeyringMissing(backend.name)
        return backend


def _delete(keyring: "KeyringBackend", registry: str) -> None:
    """Somebody may have deleted it before, with the desktop's own program."""
    if keyring.get_password(SERVICE, registry) is not None:
        keyring.delete_password(SERVICE, registry)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Raise only `CredentialFailure`."""
    from keyring import errors

    try:
        yield
    except errors.KeyringLocked as error:
        raise KeyringLocked(detail=str(error)) from error
    except errors.NoKeyringError as error:
        raise KeyringMissing(detail=str(error)) from error
    except _others() as error:
        raise KeyringFailed(detail=str(error)) from error


def _others() -> tuple[type[Exception], ...]:
    """What else the library raises; on Linux D-Bus and the keyring behind it have their own."""
    from keyring.errors import KeyringError

    kinds: list[type[Exception]] = [KeyringError, OSError, RuntimeError]
    for module, kind in LINUX_ERRORS:
        with suppress(ImportError):
            kinds.append(getattr(import_module(module), kind))
    return tuple(kinds)
