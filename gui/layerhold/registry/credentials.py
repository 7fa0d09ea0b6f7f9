"""Who the user is at which registry: found, kept and forgotten as the docker command does it.

A credential helper where one is configured; else, as the user chooses, `auths` in `config.json` or
the desktop's keyring, which only Layerhold knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from layerhold.domain.cancel import Token
from layerhold.domain.credential_errors import CredentialFailure
from layerhold.domain.errors import ConfigProblem, Failure
from layerhold.domain.login import Login
from layerhold.registry import docker_config, hosts
from layerhold.registry.config_auths import AuthsStore
from layerhold.registry.docker_config import DockerConfig
from layerhold.registry.helpers import HelperStore
from layerhold.registry.keyring_store import KeyringStore
from layerhold.registry.places import Keeper, KnownLogin, LoginStore, Place

PROBLEMS = (CredentialFailure, ConfigProblem)
"""What is told beside a result, because an anonymous pull does without."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look for a login brought up."""

    login: Login | None = None
    place: Place | None = None
    """Where it is kept."""
    problems: tuple[Failure, ...] = ()
    """Why more may be known than was found."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Every login that is known, by registry, without secrets."""

    logins: tuple[KnownLogin, ...] = ()
    problems: tuple[Failure, ...] = ()
    """Places that could not be asked."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The logins of one user. Every method may wait, and takes a token to stop it."""

    folder: Path
    """Docker's configuration."""
    environ: Mapping[str, str]
    index: Path
    """Our list of what the keyring has."""

    def find(self, registry: str, token: Token | None = None) -> Found:
        """The login for a registry; what is in the way is told, since a pull may do without.

        References keep the capitals of a host, which mean nothing.
        """
        registry = registry.lower()
        config, problems = self._config()
        configured = config.helper_for(hosts.key(registry))
        for store in self._stores((configured,), problems):
            try:
                if login := store.get(registry, token):
                    return Found(login, store.place(token), problems)
            except PROBLEMS as problem:
                problems = (*problems, problem)
        return Found(problems=problems)

    def places(self, registry: str, token: Token | None = None) -> tuple[Place, ...]:
        """Where a login for the registry can be kept: the configured helper, else a choice of two.

        Raises `ConfigProblem` where nobody can tell what is configured.
        """
        config, problems = self._config()
        if problems:
            raise problems[0]
        if helper := config.helper_for(hosts.key(registry)):
            return (self._helper(helper).place(token),)
        return self._auths.place(token), self._keyring.place(token)

    def store(self, login: Login, place: Place, token: Token | None = None) -> None:
        """Keep the login there and nowhere else; raises `CredentialFailure` or `ConfigProblem`."""
        match place.keeper:
            case Keeper.HELPER:
                self._helper(place.name).put(login, token)
                self._auths.blank(login.registry)
            case Keeper.CONFIG:
                self._auths.put(login, token)
            case Keeper.KEYRING:
                self._keyring.put(login, token)
                self._auths.drop(login.registry, token)
                return
        self._keyring.drop(login.registry, token)

    def forget(self, registry: str, token: Token | None = None) -> tuple[Place, ...]:
        """Log out wherever the login is kept: where that was.

        Raises the first failure, but only after every place was tried.
        """
        config, problems = self._config()
        helpers = [config.helper_for(hosts.key(registry))]
        # Nothing is asked of it about this registry, so that it is no matter if it is missing.
        if not self._helper(config.credential_store).place().problem:
            helpers.append(config.credential_store)
        dropped: list[Place] = []
        for store in self._stores(helpers, problems):
            try:
                if store.drop(registry, token):
                    dropped.append(store.place(token))
            except PROBLEMS as problem:
                problems = (*problems, problem)
        if problems:
            raise problems[0]
        return tuple(dropped)

    def logins(self, token: Token | None = None) -> Listing:
        """Every login by registry; where several places have one, the place that counts."""
        config, problems = self._config()
        helpers = (*config.credential_helpers.values(), config.credential_store)
        known: dict[str, KnownLogin] = {}
        for store in self._stores(helpers, problems):
            try:
                known = {it.registry: it for it in _listed(store, config, token)} | known
            except PROBLEMS as problem:
                problems = (*problems, problem)
        return Listing(tuple(known[registry] for registry in sorted(known)), problems)

    @property
    def _auths(self) -> AuthsStore:
        return AuthsStore(self.folder / "config.json")

    @property
    def _keyring(self) -> KeyringStore:
        return KeyringStore(self.index)

    def _helper(self, name: str) -> HelperStore:
        return HelperStore(name, self.environ)

    def _config(self) -> tuple[DockerConfig, tuple[Failure, ...]]:
        config, problem = docker_config.read(self.folder)
        return config, (problem,) if problem else ()

    def _stores(
        self, helpers: Iterable[str], problems: tuple[Failure, ...]
    ) -> tuple[LoginStore, ...]:
        """In the order in which they count; the file is left out where it is the problem."""
        configured = (self._helper(name) for name in dict.fromkeys(helpers) if name)
        return (*configured, *(() if problems else (self._auths,)), self._keyring)


def credentials(environ: Mapping[str, str], home: Path) -> Credentials:
    """Those of the user whose home it is."""
    index = user_data_path("layerhold") / "logins.json"
    return Credentials(docker_config.folder(environ, home), environ, index)


def _listed(store: LoginStore, config: DockerConfig, token: Token | None) -> Iterator[KnownLogin]:
    """What the store has, without what nobody would ask it for."""
    users = store.users(token)
    place = store.place(token) if users else None
    for registry, user in users.items():
        configured = config.helper_for(hosts.key(registry))
        if place and (place.keeper is not Keeper.HELPER or place.name == configured):
            yield KnownLogin(registry, user, place)
