"""Where logins are kept, and what every such place can do."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import CredentialFailure
from layerhold.domain.login import Login


class Keeper(Enum):
    """What kind of place keeps a login."""

    HELPER = "credential helper"
    CONFIG = "config.json"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Place:
    """One place for logins."""

    keeper: Keeper
    name: str
    """A helper's name such as `pass`, the path of `config.json`, or what the keyring is called."""
    problem: CredentialFailure | None = field(default=None, compare=False)
    """Why nothing can be kept there now."""

    @property
    def docker_sees_it(self) -> bool:
        """Whether the docker command uses what is kept there."""
        return self.keeper is not Keeper.KEYRING


@dataclass(frozen=True, slots=True)
class KnownLogin:
    """A login as it is listed, without its secret."""

    registry: str
    user: str
    """Empty where only a token is kept."""
    place: Place


class LoginStore(Protocol):
    """A place for logins, opened; every method may wait, and raises `CredentialFailure`."""

    def place(self, token: Token | None = None) -> Place:
        """Which one it is, and whether anything can be kept there."""

    def get(self, registry: str, token: Token | None = None) -> Login | None:
        """The login for the registry, if there is one."""

    def put(self, login: Login, token: Token | None = None) -> None:
        """Keep the login in place of what was there."""

    def drop(self, registry: str, token: Token | None = None) -> bool:
        """Keep no login for the registry; whether there was one."""

    def users(self, token: Token | None = None) -> dict[str, str]:
        """Who is logged in where, by registry."""
