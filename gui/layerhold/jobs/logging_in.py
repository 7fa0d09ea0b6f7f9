"""Log in: what the registry accepts is kept, and nothing else."""

from collections.abc import Callable

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.jobs.context import Context
from layerhold.registry.credentials import Credentials
from layerhold.registry.places import Place

Check = Callable[[Login, Token], Login]
"""Asks the registry, and gives back what is to be kept; raises `RegistryFailure`."""


def log_in(check: Check, logins: Credentials, login: Login, place: Place, context: Context) -> str:
    """The registry that the user is logged in to now; a result is kept, so it holds no secret."""
    logins.store(check(login, context.token), place, context.token)
    return login.registry
