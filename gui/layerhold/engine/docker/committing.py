"""Images from containers."""

from collections.abc import Mapping

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.committing import CommitWish
from layerhold.domain.errors import EngineRefused, InvalidReference
from layerhold.domain.references import split
from layerhold.engine.docker import wire
from layerhold.engine.docker.container_refusals import change_meaning
from layerhold.engine.docker.session import Session


class WireCommitted(wire.Wire):
    """What `/commit` says."""

    id: str = msgspec.field(name="Id")


def commit(
    session: Session, container_id: str, wish: CommitWish, token: Token | None = None
) -> str:
    """The ID of the image that the engine made."""
    try:
        with session.client(container_id, token, lasting=True) as client:
            # Podman fails without a body; none of its fields would be an empty image to Docker.
            answer = client.ask(
                "POST",
                "/commit",
                params=_options(container_id, wish),
                data=b"null",
                headers={"Content-Type": "application/json"},
            )
            return wire.identity(wire.decode(answer.content, WireCommitted).id)
    except InvalidReference as error:
        error.text = wish.reference
        raise
    except EngineRefused as refused:
        raise change_meaning(refused) or refused from refused


def _options(container_id: str, wish: CommitWish) -> Mapping[str, str | list[str]]:
    repository, tag = split(wish.reference)
    return {
        "container": container_id,
        "repo": repository,
        "tag": tag,
        "author": wish.author,
        "comment": wish.message,
        "pause": str(wish.pause).lower(),
        "changes": list(wish.changes),
    }
