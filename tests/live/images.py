"""Images for test engines, written as docker archives: thousands of them in seconds."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from random import Random

from needs import need

REGISTRIES = ("", "ghcr.io/acme/", "registry.example.com:5000/team/", "quay.io/shop/")
NAMES = ("web", "api", "worker", "cache", "db", "proxy", "batch", "search", "mail", "auth")
BASES, BUILDS, RELEASES = 40, 10, 2
"""Branches of the tree of layers: an engine needs about 30 ms for each layer of its own."""
LONERS = 20
"""One image in so many has a layer that no other has."""
DAYS = 900


@dataclass(frozen=True)
class Layer:
    """One step of an image's history; without files it is an empty one."""

    command: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    created: str = ""
    """Else when the image was; Docker takes only what has the same steps for a parent."""

    @cached_property
    def content(self) -> bytes:
        """The layer's own archive."""
        return _pack(self.files, executable=True)

    @cached_property
    def diff_id(self) -> str:
        return _digest(self.content)


@dataclass(frozen=True)
class Sketch:
    """An image as it is to be; equal sketches have equal IDs."""

    layers: tuple[Layer, ...]
    tags: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    cmd: tuple[str, ...] = ()
    created: str = "2024-05-01T10:00:00Z"
    parent: "Sketch | None" = None
    """The image that this one was built from, as a classic build records it."""
    architecture: str = "amd64"

    @cached_property
    def config(self) -> bytes:
        """The image's configuration; its digest is the image's ID."""
        filled = [layer for layer in self.layers if layer.files]
        settings = {"Cmd": list(self.cmd) or None, "Labels": dict(self.labels), "Env": ["A=b"]}
        document = {
            "architecture": self.architecture,
            "os": "linux",
            "created": self.created,
            "config": settings,
            "rootfs": {"type": "layers", "diff_ids": [layer.diff_id for layer in filled]},
            "history": [_step(layer, self.created) for layer in self.layers],
        }
        return json.dumps(document).encode()

    @property
    def id(self) -> str:
        """The image ID that an engine will know it by."""
        return _digest(self.config)


def write_archive(path: Path, sketches: Iterable[Sketch]) -> Path:
    """Write a docker archive of these images; layers that they share are written once."""
    manifest, written = [], set()
    with tarfile.open(path, "w") as archive:
        for sketch in sketches:
            filled = [layer for layer in sketch.layers if layer.files]
            parts = {_place(layer): layer.content for layer in filled}
            parts[_config_name(sketch)] = sketch.config
            for name in parts.keys() - written:
                _add(archive, name, parts[name])
            written |= parts.keys()
            manifest.append(_entry(sketch, filled))
        _add(archive, "manifest.json", json.dumps(manifest).encode())
    return path


@cache
def busybox() -> Layer:
    """A layer in which `sleep`, `true` and `sh` are found, for containers that run."""
    program = need("/bin/busybox", "busybox").read_bytes()
    return Layer("ADD busybox /bin", {f"bin/{name}": program for name in ("sh", "sleep", "true")})


def crowd(count: int, seed: int = 1) -> Iterator[Sketch]:
    """Images as people have them: one to four tags, eight labels, few bases, shared layers."""
    random = Random(seed)
    chains = [
        (*_layers(f"base {base}", 2), *_layers(f"build {build}", 1), *_layers(f"app {app}", 1))
        for base in range(BASES)
        for build in range(BUILDS)
        for app in range(RELEASES)
    ]
    for number in range(count):
        own = _layers(f"image {number}", 1) if number % LONERS == 0 else ()
        yield Sketch(
            layers=(*chains[number % len(chains)], *own),
            tags=tuple(_tags(random, number)),
            labels={f"org.example.label{key}": f"value {number % (97 + key)}" for key in range(8)},
            cmd=("/bin/run", str(number)),
            created=f"{2022 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00Z",
        )


def _tags(random: Random, number: int) -> Iterator[str]:
    repository = f"{random.choice(REGISTRIES)}{random.choice(NAMES)}-{number // 8}"
    for version in range(random.randint(1, 4)):
        yield f"{repository}:{number % 8}.{version}"


@cache
def _layers(name: str, count: int) -> tuple[Layer, ...]:
    return tuple(
        Layer(f"COPY {name} {part} /srv", {f"srv/{name}/{part}": f"{name} {part}".encode()})
        for part in range(count)
    )


def _step(layer: Layer, created: str) -> dict[str, object]:
    step: dict[str, object] = {
        "created": layer.created or created,
        "created_by": layer.command,
    }
    return step if layer.files else step | {"empty_layer": True}


def _entry(sketch: Sketch, filled: list[Layer]) -> dict[str, object]:
    entry: dict[str, object] = {
        "Config": _config_name(sketch),
        "RepoTags": list(sketch.tags) or None,
        "Layers": [_place(layer) for layer in filled],
    }
    return entry | {"Parent": sketch.parent.id} if sketch.parent else entry


def _config_name(sketch: Sketch) -> str:
    return f"{sketch.id.removeprefix('sha256:')}.json"


def _place(layer: Layer) -> str:
    return f"{layer.diff_id.removeprefix('sha256:')}/layer.tar"


def _pack(files: Mapping[str, bytes], *, executable: bool) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            _add(archive, name, content, mode=0o755 if executable else 0o644)
    return packed.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes, mode: int = 0o644) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    archive.addfile(entry, io.BytesIO(content))


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
