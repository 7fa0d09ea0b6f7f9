"""The engine's JSON about images and containers, read into our nouns. Imports no SDK."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from time import time
from typing import Any, TypeVar

import msgspec

from layerhold.domain.containers import Container, State
from layerhold.domain.images import NO_LABELS, Image
from layerhold.domain.labels import Labels
from layerhold.domain.moments import seconds

NONE = "<none>"
"""What old engines write where a repository or tag is missing."""
STATES = {state.value: state for state in State} | {
    "configured": State.CREATED,
    "initialized": State.CREATED,
    "stopped": State.EXITED,
    "stopping": State.RUNNING,
}
"""Docker's words and Podman's."""
EVERYWHERE = frozenset(("", "0.0.0.0", "::", None))
"""At which addresses a port is published that is published at all of them."""
NULL = msgspec.Raw(b"null")
Answer = TypeVar("Answer")
Entry = TypeVar("Entry")


class Wire(msgspec.Struct, rename="pascal", gc=False):
    """A part of an answer; engines leave out fields, or send null."""


class WireImage(Wire):
    """An entry of `/images/json`."""

    id: str = msgspec.field(name="Id", default="")
    parent_id: str | None = ""
    repo_tags: list[str] | None = None
    repo_digests: list[str] | None = None
    created: int | None = 0
    size: int | None = 0
    labels: msgspec.Raw = NULL


class WireConfig(Wire):
    """What a container from the image starts with."""

    labels: msgspec.Raw = NULL


class WireRootFS(Wire):
    """The layers of an image, lowest first."""

    layers: list[str] | None = None


class WireDetails(Wire):
    """What `/images/{id}/json` says."""

    id: str = msgspec.field(name="Id", default="")
    parent: str | None = ""
    repo_tags: list[str] | None = None
    repo_digests: list[str] | None = None
    created: str | None = ""
    size: int | None = 0
    os: str | None = ""
    architecture: str | None = ""
    variant: str | None = ""
    config: WireConfig | None = None
    root_fs: WireRootFS | None = msgspec.field(name="RootFS", default=None)
    descriptor: dict[str, Any] | None = None


class WireMount(Wire):
    """Something mounted into a container."""

    type: str | None = ""
    name: str | None = ""
    source: str | None = ""


class WirePort(Wire):
    """A port of a container, published or not."""

    ip: str | None = msgspec.field(name="IP", default="")
    private_port: int | None = 0
    public_port: int | None = 0
    type: str | None = ""


class WireContainer(Wire):
    """An entry of `/containers/json`."""

    id: str = msgspec.field(name="Id", default="")
    names: list[str] | None = None
    image: str | None = ""
    image_id: str | None = msgspec.field(name="ImageID", default="")
    state: str | None = ""
    status: str | None = ""
    mounts: list[WireMount] | None = None
    ports: list[WirePort] | None = None


def images_from(body: bytes) -> tuple[Image, ...]:
    """The answer to `/images/json?all=1`, newest first; raises `msgspec.DecodeError`.

    An entry that reads as in the last list is the very same image again, and costs nothing.
    """
    images = [_remembered(entry) for entry in listed(body, list[msgspec.Raw])]
    _forget_all_but(images)
    parents = {image.parent for image in images if image.parent}
    images = [_stepped(image) if _is_step(image, parents) else image for image in images]
    images.sort(key=_newest_first)
    return tuple(images)


_seen: dict[int, Image] = {}
"""The images of the last list by the hash of their JSON."""


def _remembered(entry: msgspec.Raw) -> Image:
    known = hash(bytes(entry))
    if known not in _seen:
        _seen[known] = _image(decode(entry, WireImage))
    return _seen[known]


def _forget_all_but(images: list[Image]) -> None:
    if len(_seen) > 2 * len(images):
        listed_now = set(map(id, images))
        for known in [known for known, image in _seen.items() if id(image) not in listed_now]:
            del _seen[known]


def _is_step(image: Image, parents: set[str]) -> bool:
    return image.id in parents and not image.tags and not image.digests


def _stepped(image: Image) -> Image:
    return replace(image, intermediate=True)


def _newest_first(image: Image) -> tuple[int, str]:
    return -image.created, image.id


def _image(entry: WireImage) -> Image:
    return Image(
        identity(entry.id),
        named(entry.repo_tags),
        named(entry.repo_digests),
        entry.created or 0,
        entry.size or 0,
        identity(entry.parent_id),
        _labels(entry.labels),
    )


def _labels(raw: msgspec.Raw) -> Mapping[str, str]:
    json = bytes(raw)
    return NO_LABELS if json in {b"null", b"{}"} else Labels(json)


def image_from(body: bytes) -> Image:
    """The answer to `/images/{id}/json`; raises `msgspec.DecodeError`."""
    details = details_from(body)
    return Image(
        id=identity(details.id),
        tags=named(details.repo_tags),
        digests=named(details.repo_digests),
        created=seconds(details.created),
        size=details.size or 0,
        parent=identity(details.parent),
        labels=_labels(details.config.labels) if details.config else NO_LABELS,
    )


def details_from(body: bytes) -> WireDetails:
    """What an inspected image is made of; raises `msgspec.DecodeError`."""
    return decode(body, WireDetails)


def containers_from(body: bytes) -> tuple[Container, ...]:
    """The answer to `/containers/json?all=1`; raises `msgspec.DecodeError`."""
    return tuple(_container(entry) for entry in listed(body, list[WireContainer]))


def _container(entry: WireContainer) -> Container:
    names = sorted((name.lstrip("/") for name in entry.names or ()), key=lambda n: n.count("/"))
    mounts = (mount for mount in entry.mounts or () if mount.type == "image")
    return Container(
        id=entry.id,
        name=names[0] if names else "",
        image_id=identity(entry.image_id),
        image_name=entry.image or "",
        state=STATES.get((entry.state or "").lower(), State.UNKNOWN),
        status=entry.status or "",
        mounted_images=tuple(name for mount in mounts if (name := _mounted(mount))),
        ports=_published(entry.ports or ()),
        seen=time(),
    )


def _published(ports: Iterable[WirePort]) -> tuple[str, ...]:
    """Once, where a port is published for both versions of IP."""
    found = sorted((port.private_port or 0, _port(port)) for port in ports if port.public_port)
    return tuple(dict.fromkeys(text for _, text in found))


def _port(port: WirePort) -> str:
    address = f"[{port.ip}]" if ":" in (port.ip or "") else port.ip
    where = "" if port.ip in EVERYWHERE else f"{address}:"
    return f"{where}{port.public_port}->{port.private_port}/{port.type}"


def _mounted(mount: WireMount) -> str:
    """What was asked to be mounted; the source may also be a folder of the engine's."""
    return mount.name or (mount.source or "" if not (mount.source or "").startswith("/") else "")


def identity(digest: str | None) -> str:
    """An ID with its algorithm, which Podman leaves out here and there."""
    if not digest or ":" in digest:
        return digest or ""
    return f"sha256:{digest}"


def named(names: list[str] | None) -> tuple[str, ...]:
    """Each name once, and none that says there is none."""
    if not names:
        return ()
    return tuple(dict.fromkeys(name for name in names if NONE not in name))


def listed(body: bytes, kind: type[list[Entry]]) -> list[Entry]:
    """A list, where Podman also sends null or nothing at all; raises `msgspec.DecodeError`."""
    return [] if body.strip() in {b"", b"null"} else decode(body, kind)


def decode(body: bytes | msgspec.Raw, kind: type[Answer]) -> Answer:
    """An answer with the fields we need; raises `msgspec.DecodeError`."""
    return msgspec.json.decode(body, type=kind)
