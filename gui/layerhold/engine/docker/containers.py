"""Containers behind the Docker API, as far as images need them gone."""

from layerhold.domain.cancel import Token
from layerhold.domain.containers import Container
from layerhold.engine.docker import wire
from layerhold.engine.docker.session import Session, in_path


def list_containers(session: Session, token: Token | None = None) -> tuple[Container, ...]:
    with session.client("", token) as client:
        answer = client.ask("GET", "/containers/json", params={"all": 1})
        return wire.containers_from(answer.content)


def stop_container(session: Session, container_id: str, token: Token | None = None) -> None:
    # As long as the container's own grace period, which may be hours.
    with session.client(container_id, token, lasting=True) as client:
        client.ask("POST", f"/containers/{in_path(container_id)}/stop")


def remove_container(session: Session, container_id: str) -> None:
    options = {"v": "false", "force": "false", "link": "false"}
    with session.client(container_id) as client:
        client.ask("DELETE", f"/containers/{in_path(container_id)}", params=options)
