"""The engine's JSON about images and containers, read into our nouns. Imports no SDK."""

from collections.abc import Mapping
from datetime import UTC, datetime
from sys import intern
from typing import Any, TypeVar

import msgspec

from layerhold.domain.containers import Container, State
from layerhold.domain.images import NO_LABELS, Image

NONE = "<none>"
"""What old engines write where a repository or tag is missing."""
STATES = {state.value: state for state in State} | {
    "configured": State.CREATED,
    "initialized": State.CREATED,
    "stopped": State.EXITED,
    "stopping": State.RUNNING,
}
"""Docker's words and Podman's."""
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
    labels: dict[str, str] | None = None


class WireConfig(Wire):
    """What a container from the image starts with."""

    labels: dict[str, str] | None = None


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


class WireContainer(Wire):
    """An entry of `/containers/json`."""

    id: str = msgspec.field(name="Id", default="")
    names: list[str] | None = None
    image: str | None = ""
    image_id: str | None = msgspec.field(name="ImageID", default="")
    state: str | None = ""
    status: str | None = ""
    mounts: list[WireMount] | None = None


def images_from(body: bytes) -> tuple[Image, ...]:
    """The answer to `/images/json?all=1`, newest first; raises `msgspec.DecodeError`."""
    entries = listed(body, list[WireImage])
    parents = {identity(entry.parent_id) for entry in entries if entry.parent_id}
    images = [_image(entry, parents) for entry in entries]
    images.sort(key=_newest_first)
    return tuple(images)


def _newest_first(image: Image) -> tuple[int, str]:
    return -image.created, image.id


def _image(entry: WireImage, parents: set[str]) -> Image:
    image_id = identity(entry.id)
    tags, digests = named(entry.repo_tags), named(entry.repo_digests)
    return Image(
        image_id,
        tags,
        digests,
        entry.created or 0,
        entry.size or 0,
        identity(entry.parent_id),
        _shared(entry.labels) if entry.labels else NO_LABELS,
        not tags and not digests and image_id in parents,
    )


def image_from(body: bytes) -> Image:
    """The answer to `/images/{id}/json`; raises `msgspec.DecodeError`."""
    details = details_from(body)
    labels = details.config.labels if details.config else None
    return Image(
        id=identity(details.id),
        tags=named(details.repo_tags),
        digests=named(details.repo_digests),
        created=seconds(details.created),
        size=details.size or 0,
        parent=identity(details.parent),
        labels=labels or NO_LABELS,
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
    )


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


def seconds(moment: str | None) -> int:
    """Unix seconds of a time in RFC 3339, 0 for none."""
    try:
        when = datetime.fromisoformat(moment or "")
    except ValueError:
        return 0
    return int(when.replace(tzinfo=when.tzinfo or UTC).timestamp())


def _shared(labels: dict[str, str]) -> Mapping[str, str]:
    """The same labels, with one copy in memory of what thousands of images repeat."""
    return {name: intern(value) for name, value in labels.items()}


def listed(body: bytes, kind: type[list[Entry]]) -> list[Entry]:
    """A list, where Podman also sends null or nothing at all."""
    return [] if body.strip() in {b"", b"null"} else decode(body, kind)


def decode(body: bytes, kind: type[Answer]) -> Answer:
    """An answer with the fields we need; raises `msgspec.DecodeError`."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError:
        return msgspec.convert(_with_plain_labels(msgspec.json.decode(body)), kind)


def _with_plain_labels(answer: Any) -> Any:
    """The same answer, with labels that are no text made into text."""
    if isinstance(answer, list):
        return [_with_plain_labels(entry) for entry in answer]
    if not isinstance(answer, dict):
        return answer
    plain = {key: _with_plain_labels(value) for key, value in answer.items() if key == "Config"}
    if isinstance(labels := answer.get("Labels"), dict):
        plain["Labels"] = {name: _text(value) for name, value in labels.items()}
    return answer | plain


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
