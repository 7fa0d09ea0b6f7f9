"""What a registry has under a reference, asked before anything is pulled."""

from layerhold.domain.references import Reference
from layerhold.domain.transfers import RemoteImage
from layerhold.engine.api import Engine
from layerhold.jobs.context import Context
from layerhold.registry import manifests
from layerhold.registry.credentials import Credentials


def look_up(
    engine: Engine, logins: Credentials, reference: Reference, context: Context
) -> RemoteImage:
    """Asked by the engine where it can, since its network counts. Raises `RegistryFailure`."""
    login = logins.find(reference.registry, context.token).login
    if engine.about.caps.distribution:
        return engine.remote(reference.familiar, login, context.token)
    return manifests.look(reference, login, context.token)
