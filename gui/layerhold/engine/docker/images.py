"""Images behind the Docker API: list, inspect, tag, remove."""

import json
from dataclasses import replace
from http import HTTPStatus

from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineRefused, InvalidReference
from layerhold.domain.images import Image
from layerhold.domain.outcomes import Removed
from layerhold.engine.about import Kind
from layerhold.engine.docker import wire
from layerhold.engine.docker.reader import Query, Reader
from layerhold.engine.docker.session import Session, in_path


class WireRemoved(wire.Wire):
    """One entry of the answer to a removal: either of the two."""

    untagged: str | None = None
    deleted: str | None = None


def list_images(session: Session, token: Token | None = None) -> tuple[Image, ...]:
    # Nothing but `all`: Podman 4.3 answers `digests` with an empty body.
    with session.reader("", token) as reader:
        return wire.images_from(reader.ask("/images/json", {"all": 1}))


def image(session: Session, image_id: str, kind: Kind, token: Token | None = None) -> Image:
    with session.reader(image_id, token) as reader:
        found = wire.image_from(reader.ask(f"/images/{in_path(image_id)}/json"))
        return _named_as_listed(reader, found) if kind is Kind.PODMAN else found


def _named_as_listed(reader: Reader, image: Image) -> Image:
    """Podman tells names that are digests only in its list; its filter takes bare IDs only."""
    _algorithm, _colon, bare_id = image.id.rpartition(":")
    options: Query = {"all": 1, "filters": json.dumps({"id": [bare_id]})}
    listed = wire.images_from(reader.ask("/images/json", options))
    same = (each for each in listed if each.id == image.id)
    return next((replace(image, tags=each.tags, digests=each.digests) for each in same), image)


def inspect(session: Session, image_id: str, token: Token | None = None) -> bytes:
    with session.reader(image_id, token) as reader:
        return reader.ask(f"/images/{in_path(image_id)}/json")


def tag(session: Session, image_id: str, reference: str, token: Token | None = None) -> None:
    repository, name = _split(reference)
    options = {"repo": repository, "tag": name}
    try:
        with session.client(image_id, token) as client:
            answer = client.ask("POST", f"/images/{in_path(image_id)}/tag", params=options)
    except InvalidReference as error:
        error.text = reference
        raise
    if answer.status_code != HTTPStatus.CREATED:
        # An empty repository gets a 200 with an empty body, and nothing happens.
        raise EngineRefused(reference, status=answer.status_code)


def _split(reference: str) -> tuple[str, str]:
    """Repository and tag; a colon before the last slash belongs to a port."""
    path, slash, last = reference.rpartition("/")
    if "@" in last:
        return reference, ""
    name, _, tag_name = last.partition(":")
    return f"{path}{slash}{name}", tag_name


def remove(session: Session, target: str, *, force: bool = False) -> Removed:
    # Never `platforms`: engines that do not know it delete the whole image.
    options = {"force": str(force).lower(), "noprune": "false"}
    with session.client(target) as client:
        answer = client.ask("DELETE", f"/images/{in_path(target)}", params=options)
        entries = wire.listed(answer.content, list[WireRemoved])
    return Removed(
        untagged=tuple(entry.untagged for entry in entries if entry.untagged),
        deleted=tuple(wire.identity(entry.deleted) for entry in entries if entry.deleted),
    )
