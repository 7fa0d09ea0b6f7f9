"""Who answers: kind, version and store of an engine, and what it can do."""

from dataclasses import replace

import msgspec

from layerhold.domain.errors import ApiMismatch, NotAnEngine
from layerhold.engine.about import About, Caps, Kind, Store
from layerhold.engine.docker.versions import common, number
from layerhold.engine.docker.wire import Wire, decode

CONTAINERD = "io.containerd.snapshotter.v1"
SAVES_PLATFORM = (1, 48)
"""The API's version that can; older ones save all platforms, or the wrong one."""
LOADS_ZSTD = (1, 42)
"""Docker 23; moby learned it in `pkg/archive` after 20.10."""
IMPORTS_PLATFORM = (1, 45)
"""The oldest API seen to; 1.41 takes the engine's own platform, whatever is asked."""
CAPS = {
    (Kind.DOCKER, Store.GRAPH_DRIVER): Caps(),
    (Kind.DOCKER, Store.CONTAINERD): Caps(
        cascades_to_parents=False,
        parents_hold=False,
        stopped_force_deletes_record=False,
        keeps_content=True,
        loads_oci=True,
        pulls_keep_variants=True,
    ),
    (Kind.PODMAN, Store.GRAPH_DRIVER): Caps(
        force_deletes_containers=True,
        parents_hold=False,
        untagging_keeps_parents=False,
        digests_are_references=False,
        build_cache=False,
        loads_as_localhost=True,
        buildkit=False,
        all_tags=False,
        push_progress=False,
        distribution=False,
        checks_logins=False,
    ),
}


class WireComponent(Wire):
    """A part of the engine."""

    name: str | None = ""
    version: str | None = ""


class WireVersion(Wire):
    """What `/version` says."""

    version: str = ""
    api_version: str = ""
    min_api_version: str | None = msgspec.field(name="MinAPIVersion", default="")
    os: str | None = ""
    arch: str | None = ""
    components: list[WireComponent] | None = None


class WireInfo(Wire):
    """What `/info` says."""

    id: str | None = msgspec.field(name="ID", default="")
    driver: str | None = ""
    driver_status: list[list[str]] | None = None
    docker_root_dir: str | None = ""


def version_from(body: bytes, url: str) -> WireVersion:
    """The answer to `/version`; raises `NotAnEngine`."""
    try:
        version = decode(body, WireVersion)
    except msgspec.DecodeError as error:
        raise NotAnEngine(url, str(error)) from error
    if not version.api_version:
        raise NotAnEngine(url, body[:200].decode(errors="replace"))
    return version


def shared_api(version: WireVersion, url: str) -> str:
    """The API version to use with the engine; raises `ApiMismatch`."""
    oldest = version.min_api_version or ""
    try:
        api = common(oldest, version.api_version)
    except ValueError as error:
        raise NotAnEngine(url, str(error)) from error
    if api is None:
        raise ApiMismatch(url, version.version, engine_min=oldest, engine_max=version.api_version)
    return api


def about(version: WireVersion, info_body: bytes, api: str) -> About:
    """What both answers say together; raises `msgspec.DecodeError`."""
    info = decode(info_body, WireInfo)
    kind = _kind(version)
    store = _store(info) if kind is Kind.DOCKER else Store.GRAPH_DRIVER
    return About(
        kind=kind,
        version=version.version,
        api=api,
        store=store,
        driver=info.driver or "",
        platform=f"{version.os or ''}/{version.arch or ''}".strip("/"),
        # Podman makes up a new ID for every answer.
        engine_id="" if kind is Kind.PODMAN else info.id or "",
        root=info.docker_root_dir or "",
        caps=_caps(kind, store, api),
    )


def _caps(kind: Kind, store: Store, api: str) -> Caps:
    docker, containerd = kind is Kind.DOCKER, store is Store.CONTAINERD
    return replace(
        CAPS[kind, store],
        saves_platform=containerd and number(api) >= SAVES_PLATFORM,
        loads_zstd=not docker or number(api) >= LOADS_ZSTD,
        imports_platform=docker and number(api) >= IMPORTS_PLATFORM,
    )


def _kind(version: WireVersion) -> Kind:
    names = (component.name or "" for component in version.components or ())
    return Kind.PODMAN if any("podman" in name.lower() for name in names) else Kind.DOCKER


def _store(info: WireInfo) -> Store:
    rows = info.driver_status or ()
    return Store.CONTAINERD if any(CONTAINERD in row for row in rows) else Store.GRAPH_DRIVER
