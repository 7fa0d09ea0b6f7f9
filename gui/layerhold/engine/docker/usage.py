"""Disk usage and build cache behind the Docker API."""

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.errors import Unsupported
from layerhold.domain.usage import DiskUsage
from layerhold.engine.about import About, Kind
from layerhold.engine.docker import wire
from layerhold.engine.docker.reader import Query
from layerhold.engine.docker.session import Session
from layerhold.engine.docker.versions import number

TYPES_SINCE = "1.42"
"""From here on the engine can be spared to measure volumes and containers."""


class WireCacheRecord(wire.Wire):
    """A record of the build cache."""

    size: int | None = 0
    in_use: bool | None = False
    shared: bool | None = False


class WireUsage(wire.Wire):
    """What engines from API 1.52 on say about one kind of thing."""

    total_size: int | None = None
    reclaimable: int | None = None


class WireDiskUsage(wire.Wire):
    """What `/system/df` says, in its old and its new shape."""

    layers_size: int | None = None
    images: list[msgspec.Raw] | None = None
    build_cache: list[WireCacheRecord] | None = None
    image_usage: WireUsage | None = None
    build_cache_usage: WireUsage | None = None


class WirePruned(wire.Wire):
    """What `/build/prune` says."""

    space_reclaimed: int | None = 0


def disk_usage(session: Session, about: About, token: Token | None = None) -> DiskUsage:
    with session.reader("", token) as reader:
        usage = wire.decode(reader.ask("/system/df", _options(about)), WireDiskUsage)
    cache, reclaimable = _build_cache(usage) if about.caps.build_cache else (None, None)
    return DiskUsage(_images(usage), cache, reclaimable)


def _images(usage: WireDiskUsage) -> int | None:
    if usage.image_usage:
        return usage.image_usage.total_size
    # Podman 4.3 says 0 whatever it has.
    return usage.layers_size or (None if usage.images else usage.layers_size)


def _options(about: About) -> Query:
    knows_types = about.kind is Kind.DOCKER and number(about.api) >= number(TYPES_SINCE)
    return {"type": ["image", "build-cache"]} if knows_types else {}


def _build_cache(usage: WireDiskUsage) -> tuple[int | None, int | None]:
    """Bytes in all, and of those what can be reclaimed; shared records belong to images."""
    if usage.build_cache_usage:
        return usage.build_cache_usage.total_size, usage.build_cache_usage.reclaimable
    own = [record for record in usage.build_cache or () if not record.shared]
    return (
        sum(record.size or 0 for record in own),
        sum(record.size or 0 for record in own if not record.in_use),
    )


def prune_build_cache(
    session: Session, about: About, token: Token | None = None, *, everything: bool = False
) -> int:
    if not about.caps.build_cache:
        raise Unsupported(about.kind.value)
    options = {"all": "true"} if everything else {}
    with session.client("", token, lasting=True) as client:
        answer = client.ask("POST", "/build/prune", params=options)
        return wire.decode(answer.content, WirePruned).space_reclaimed or 0
