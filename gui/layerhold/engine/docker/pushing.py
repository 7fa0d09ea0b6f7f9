"""Pushing behind the Docker API, which tells of its failures under the status of success."""

import re

import msgspec

from layerhold.domain import references
from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.domain.progress import Phase, Report
from layerhold.domain.transfers import Pushed
from layerhold.engine.about import Caps
from layerhold.engine.docker import login as logins
from layerhold.engine.docker.layer_progress import Transfer, Way
from layerhold.engine.docker.registry_refusals import at_registry
from layerhold.engine.docker.session import Session, in_path
from layerhold.engine.docker.stream import StreamEvent, read_stream

PUSHING = Way(Phase.UPLOADING)
DIGEST = re.compile(r"\bdigest: (?P<digest>sha\d+:[0-9a-f]+) size: \d+")
"""The containerd store and Podman say it in this line only."""


class WireAux(msgspec.Struct):
    """What Docker adds for programs."""

    digest: str = msgspec.field(name="Digest", default="")
    part_only: bool = msgspec.field(name="manifestPushedInsteadOfIndex", default=False)


def push(
    session: Session,
    caps: Caps,
    reference: str,
    login: Login | None,
    report: Report,
    token: Token | None = None,
) -> Pushed:
    target = references.parse_tag_target(reference)
    transfer = Transfer(target.familiar, PUSHING, report)
    digest, part_only = "", False
    with (
        at_registry(target.familiar, target.registry, logged_in=login is not None),
        session.client(target.familiar, token, lasting=True) as client,
    ):
        name = f"{target.registry}/{target.path}"
        answer = client.ask(
            "POST",
            f"/images/{in_path(name)}/push",
            params={"tag": target.tag},
            headers=logins.shown(login),
            stream=True,
        )
        for event in read_stream(answer, lambda event: bool(digest_in(event))):
            transfer.take(event)
            digest = digest_in(event) or digest
            part_only = part_only or _aux(event).part_only
    transfer.finish()
    if not caps.push_progress:
        return Pushed(target.familiar, digest)
    return Pushed(target.familiar, digest, transfer.new_layers(), transfer.moved, part_only)


def digest_in(event: StreamEvent) -> str:
    """What the registry calls the image, which is the last thing that a push tells."""
    found = DIGEST.search(event.status or "")
    return found["digest"] if found else _aux(event).digest


def _aux(event: StreamEvent) -> WireAux:
    try:
        return msgspec.json.decode(event.aux, type=WireAux | None) or WireAux()
    except msgspec.DecodeError:
        return WireAux()
