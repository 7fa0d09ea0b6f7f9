"""What a registry has, as the engine can learn it with its own network and certificates."""

import msgspec

from layerhold.domain import references
from layerhold.domain.cancel import Token
from layerhold.domain.errors import Unsupported
from layerhold.domain.login import Login
from layerhold.domain.transfers import RemoteImage
from layerhold.engine.about import Caps
from layerhold.engine.docker import login as logins
from layerhold.engine.docker import wire
from layerhold.engine.docker.registry_refusals import at_registry
from layerhold.engine.docker.session import Session, in_path

NO_PLATFORM = "unknown"
"""Of entries that are no image, such as attestations."""


class WirePlatform(msgspec.Struct):
    """A platform, which the registry wrote in small letters."""

    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""


class WireDescriptor(msgspec.Struct):
    """What a name stands for."""

    digest: str = ""


class WireDistribution(wire.Wire):
    """What `/distribution/{name}/json` says."""

    descriptor: WireDescriptor
    platforms: list[WirePlatform] | None = None


def remote(
    session: Session, caps: Caps, reference: str, login: Login | None, token: Token | None = None
) -> RemoteImage:
    named = references.parse(reference)
    if not caps.distribution:
        raise Unsupported(named.familiar)
    with (
        at_registry(named.familiar, named.registry, logged_in=login is not None),
        session.client(named.familiar, token) as client,
    ):
        path = f"/distribution/{in_path(named.full)}/json"
        answer = client.ask("GET", path, headers=logins.shown(login))
        told = wire.decode(answer.content, WireDistribution)
    platforms = map(_platform, told.platforms or ())
    known = dict.fromkeys(each for each in platforms if each)
    return RemoteImage(named.familiar, told.descriptor.digest, tuple(known))


def _platform(told: WirePlatform) -> str:
    if not told.os or NO_PLATFORM in {told.os, told.architecture}:
        return ""
    return "/".join(part for part in (told.os, told.architecture, told.variant) if part)
