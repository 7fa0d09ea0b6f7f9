"""Loading archives, whose outcome an engine tells in sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.errors import EngineRefused, ImageNotFound, InvalidReference
from layerhold.domain.outcomes import Loaded, LoadedImage
from layerhold.domain.progress import LayerProgress, LayerState, Phase, Progress, Report
from layerhold.engine.docker import wire
from layerhold.engine.docker.archive_refusals import archive_meaning
from layerhold.engine.docker.archives import TAR, announced
from layerhold.engine.docker.client import Client
from layerhold.engine.docker.session import Session, in_path
from layerhold.engine.docker.stream import StreamEvent, read_stream

NAMED = "Loaded image: "
UNNAMED = "Loaded image ID: "
SHA256 = "sha256:"
BROKEN = re.compile(r"^Error unpacking image (?P<image>\S+): (?P<why>.*)", re.DOTALL)
"""The containerd store of Docker 28 says so in passing, and keeps an image of no use."""


@dataclass
class Heard:
    """What the engine has said so far."""

    names: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    layers: dict[str, LayerProgress] = field(default_factory=dict)


def load(
    session: Session, chunks: Iterable[bytes], report: Report, token: Token | None = None
) -> Loaded:
    try:
        with session.client("", token, lasting=True) as client:
            heard = _sent(client, chunks, report)
            return Loaded(tuple(_found(client, heard)), tuple(heard.remarks))
    except EngineRefused as refused:
        raise archive_meaning(refused) from refused
    except InvalidReference as error:
        words = f"invalid reference: {error.fault.value}"
        raise ArchiveFailure("", ArchiveFault.UNUSABLE_IMAGE, words) from error


def _sent(client: Client, chunks: Iterable[bytes], report: Report) -> Heard:
    # No time limit for sending either: an engine unpacks what it has before it takes more.
    answer = client.ask(
        "POST",
        "/images/load",
        params={"quiet": "0"},
        data=announced(chunks, report),
        headers=TAR,
        stream=True,
        timeout=None,
    )
    heard = Heard()
    for event in read_stream(answer):
        _hear(heard, event, report)
    return heard


def _hear(heard: Heard, event: StreamEvent, report: Report) -> None:
    if event.stream:
        _read(heard, event.stream.strip())
    elif event.id and event.progress_detail:
        amount = event.progress_detail
        done, total = amount.current or 0, amount.total
        state = LayerState.LOADED if done == total else LayerState.LOADING
        heard.layers[event.id] = LayerProgress(event.id, state, done, total)
        report(Progress(phase=Phase.IMPORTING, layers=tuple(heard.layers.values())))


def _read(heard: Heard, sentence: str) -> None:
    if broken := BROKEN.match(sentence):
        raise _broken(broken["image"], broken["why"])
    if sentence.startswith(NAMED):
        # Podman names all images in one sentence, and those without a name by their ID.
        for name in re.split(r", *", sentence.removeprefix(NAMED)):
            (heard.ids if name.startswith(SHA256) else heard.names).append(name)
    elif sentence.startswith(UNNAMED):
        heard.ids.append(wire.identity(sentence.removeprefix(UNNAMED)))
    elif sentence:
        heard.remarks.append(sentence)


def _broken(image: str, why: str) -> Exception:
    refused = archive_meaning(EngineRefused(image, why))
    if isinstance(refused, EngineRefused):
        return ArchiveFailure("", ArchiveFault.UNUSABLE_IMAGE, f"{image}: {why}")
    return refused


def _found(client: Client, heard: Heard) -> Iterator[LoadedImage]:
    """Each image as it is known now; the engine's word for it may not be."""
    for name in dict.fromkeys(heard.names):
        yield LoadedImage(_by_name(client, name), name)
    for image_id in dict.fromkeys(heard.ids):
        yield LoadedImage(image_id)


def _by_name(client: Client, name: str) -> str:
    try:
        answer = client.ask("GET", f"/images/{in_path(name)}/json")
    except ImageNotFound:
        return _by_list(client, name)
    return wire.image_from(answer.content).id


def _by_list(client: Client, name: str) -> str:
    """A containerd store lists names of OCI archives under which it finds nothing."""
    images = wire.images_from(client.ask("GET", "/images/json", params={"all": 1}).content)
    found = (image.id for image in images if name in image.tags)
    image_id = next(found, "")
    if not image_id:
        raise ImageNotFound(name)
    return image_id
