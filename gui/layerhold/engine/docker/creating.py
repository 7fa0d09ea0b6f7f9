"""Containers made and started from a wish."""

from collections.abc import Mapping
from typing import Any

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineRefused
from layerhold.domain.networks import Network
from layerhold.domain.running import Created, Port, RunWish
from layerhold.engine.docker import wire
from layerhold.engine.docker.container_refusals import container_meaning
from layerhold.engine.docker.session import Session, in_path


class WireCreated(wire.Wire):
    """What `/containers/create` says."""

    id: str = msgspec.field(name="Id")
    warnings: list[str] | None = None


class WireNetwork(wire.Wire):
    """An entry of `/networks`."""

    name: str | None = ""
    driver: str | None = ""
    internal: bool | None = False


def create_container(session: Session, wish: RunWish, token: Token | None = None) -> Created:
    options = {"name": wish.name} if wish.name else {}
    try:
        # New volumes are filled with what the image has in their place.
        with session.client(wish.image, token, lasting=True) as client:
            answer = client.ask("POST", "/containers/create", params=options, json=_body(wish))
            created = wire.decode(answer.content, WireCreated)
    except EngineRefused as refused:
        raise container_meaning(refused) from refused
    return Created(created.id, tuple(created.warnings or ()))


def _body(wish: RunWish) -> Mapping[str, Any]:
    entrypoint = wish.entrypoint
    return _present(
        {
            "Image": wish.image,
            "Cmd": list(wish.command),
            # No entrypoint at all is an empty word to an engine: an empty list is the image's.
            "Entrypoint": None if entrypoint is None else list(entrypoint) or [""],
            "Env": [f"{name}={value}" for name, value in wish.environment],
            "ExposedPorts": {_key(port): {} for port in wish.ports},
            "Volumes": {mount.target: {} for mount in wish.mounts if not mount.source},
            "Tty": wish.tty,
            "OpenStdin": wish.interactive,
            "HostConfig": _on_the_machine(wish),
        }
    )


def _on_the_machine(wish: RunWish) -> Mapping[str, Any]:
    policy = {"Name": wish.restart.value, "MaximumRetryCount": wish.retries}
    return _present(
        {
            "Binds": [str(mount) for mount in wish.mounts if mount.source],
            "PortBindings": _published(wish.ports),
            "NetworkMode": wish.network,
            "RestartPolicy": policy,
            "AutoRemove": wish.auto_remove,
        }
    )


def _published(ports: tuple[Port, ...]) -> Mapping[str, list[dict[str, str]]]:
    published: dict[str, list[dict[str, str]]] = {}
    for port in ports:
        binding = {"HostIp": port.address, "HostPort": port.host}
        published.setdefault(_key(port), []).append(binding)
    return published


def _key(port: Port) -> str:
    return f"{port.container}/{port.protocol}"


def _present(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in fields.items() if value}


def start_container(session: Session, container_id: str, token: Token | None = None) -> None:
    try:
        with session.client(container_id, token, lasting=True) as client:
            client.ask("POST", f"/containers/{in_path(container_id)}/start")
    except EngineRefused as refused:
        raise container_meaning(refused) from refused


def networks(session: Session, token: Token | None = None) -> tuple[Network, ...]:
    with session.client("", token) as client:
        entries = wire.listed(client.ask("GET", "/networks").content, list[WireNetwork])
    return tuple(
        Network(entry.name, entry.driver or "", internal=bool(entry.internal))
        for entry in sorted(entries, key=lambda entry: entry.name or "")
        if entry.name
    )
