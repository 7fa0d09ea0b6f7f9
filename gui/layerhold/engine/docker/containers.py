"""Containers behind the Docker API, as far as images need them gone."""

from typing import TYPE_CHECKING

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.engine.about import Kind
from layerhold.engine.docker import wire
from layerhold.engine.docker.session import Session, in_path

if TYPE_CHECKING:
    from layerhold.engine.docker.client import Client


class WireState(wire.Wire):
    """What a container is doing."""

    paused: bool | None = False


class WireDetails(wire.Wire):
    """What `/containers/{id}/json` says."""

    state: WireState | None = None


def list_containers(session: Session, token: Token | None = None) -> tuple[Container, ...]:
    with session.reader("", token) as reader:
        return wire.containers_from(reader.ask("/containers/json", {"all": 1}))


def stop_container(
    session: Session, container_id: str, kind: Kind, token: Token | None = None
) -> None:
    path = f"/containers/{in_path(container_id)}"
    # As long as the container's own grace period, which may be hours.
    with session.client(container_id, token, lasting=True) as client:
        # Docker wakes a paused container to stop it; Podman refuses to stop it.
        if kind is Kind.PODMAN and _is_paused(client, path):
            client.ask("POST", f"{path}/unpause")
        client.ask("POST", f"{path}/stop")


def _is_paused(client: "Client", path: str) -> bool:
    state = wire.decode(client.ask("GET", f"{path}/json").content, WireDetails).state
    return bool(state and state.paused)


def remove_container(session: Session, container_id: str, *, volumes: bool = False) -> None:
    options = {"v": str(volumes).lower(), "force": "false", "link": "false"}
    with session.client(container_id) as client:
        client.ask("DELETE", f"/containers/{in_path(container_id)}", params=options)
