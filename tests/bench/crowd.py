"""Thousands of images as people have them, put into an engine of our own within seconds.

Loading 10,000 images through the API takes minutes, because Docker writes its whole list of names
anew for each. So a few stacks of layers are loaded, the engine is stopped, and the other images are
written beside them as its image store keeps them (seen with dockerd 20.10 to 28, graph drivers).
"""

import hashlib
import io
import json
import random
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STACKS = 60
LABELS = ("title", "version", "source", "vendor", "licenses", "revision", "url", "authors")
REPOSITORIES = (
    "nginx",
    "api",
    "web/front",
    "registry.example.com:5000/team/service",
    "ghcr.io/org/project",
    "worker",
    "ubuntu",
    "python",
    "tools/ci",
)
PER_REPOSITORY = 90

Config = dict[str, Any]


def archive(path: Path) -> list[Config]:
    """Write a docker archive with one image per stack of layers; the configs of the images."""
    dice = random.Random(7)
    bottoms = [[_layer(dice, 2000 + 500 * each) for each in range(3)] for _ in range(STACKS // 6)]
    with tarfile.open(path, "w") as tar:
        manifest, configs = [], []
        for number in range(STACKS):
            layers = [*bottoms[number % len(bottoms)], _layer(dice, dice.randint(10, 900))]
            diff_ids = [_sha(layer) for layer in layers]
            config = _config(number, [f"sha256:{each}" for each in diff_ids])
            for name, layer in zip(diff_ids, layers, strict=True):
                _add(tar, f"{name}/layer.tar", layer)
            document = json.dumps(config).encode()
            _add(tar, f"{_sha(document)}.json", document)
            members = [f"{name}/layer.tar" for name in diff_ids]
            manifest.append({"Config": f"{_sha(document)}.json", "RepoTags": [], "Layers": members})
            configs.append(config)
        _add(tar, "manifest.json", json.dumps(manifest).encode())
    return configs


def settle(image_store: Path, stacks: list[Config], count: int) -> None:
    """Write `count` images on these stacks into a stopped engine's `image/<driver>` folder."""
    content = image_store / "imagedb" / "content" / "sha256"
    names: dict[str, dict[str, str]] = {}
    for number in range(count):
        diff_ids = stacks[number % len(stacks)]["rootfs"]["diff_ids"]
        document = json.dumps(_config(number + len(stacks), diff_ids)).encode()
        image_id = _sha(document)
        (content / image_id).write_bytes(document)
        for repository, name in _names(number, image_id):
            names.setdefault(repository, {})[name] = f"sha256:{image_id}"
    (image_store / "repositories.json").write_text(json.dumps({"Repositories": names}))


def _names(number: int, image_id: str) -> Iterator[tuple[str, str]]:
    """One to four tags, and a digest as if it had been pulled."""
    family, place = divmod(number, PER_REPOSITORY)
    repository = f"{REPOSITORIES[family % len(REPOSITORIES)]}{family}"
    for tag in range(1 + number % 4):
        yield repository, f"{repository}:{place}.{tag}"
    yield repository, f"{repository}@sha256:{_sha(image_id.encode())}"


def _config(number: int, diff_ids: list[str]) -> Config:
    lines = [_line(f"/bin/sh -c #(nop) ADD file:{diff_id} in / ") for diff_id in diff_ids]
    lines.append(_line("/bin/sh -c #(nop)  ENV LANG=C.UTF-8") | {"empty_layer": True})
    labels = {
        f"org.opencontainers.image.{key}": f"{key} of image {number} by the example team"
        for key in LABELS
    }
    return {
        "architecture": "amd64",
        "os": "linux",
        "created": f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}T{number % 24:02d}:00:00Z",
        "config": {"Cmd": ["/x"], "Env": ["PATH=/bin"], "Labels": labels},
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
        "history": lines,
    }


def _line(command: str) -> Config:
    return {"created": "2025-01-01T00:00:00Z", "created_by": command}


def _layer(dice: random.Random, size: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        _add(tar, f"file-{size}", dice.randbytes(size))
    return packed.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
