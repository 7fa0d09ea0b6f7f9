"""Log in: what the registry accepts is kept, and nothing else."""

from layerhold.domain.login import Login
from layerhold.jobs.context import Context
from layerhold.registry.checking import Check
from layerhold.registry.credentials import Credentials
from layerhold.registry.places import Place


def log_in(check: Check, logins: Credentials, login: Login, place: Place, context: Context) -> str:
    """The registry that the user is logged in to now; a result is kept, so it holds no secret."""
    logins.store(check(login, context.token), place, context.token)
    return login.registry
