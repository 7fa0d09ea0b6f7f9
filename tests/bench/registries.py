"""Our own client of registries beside skopeo, with the same registry and image.

Seconds of the processor count too: on a busy machine they say more than those of the clock.
"""

import gzip
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from figure import Figure, Heading

from fakes.blob_files import describe, manifest
from layerhold.domain.descriptors import Descriptor
from live import docker_registry
from live.docker_registry import DockerRegistry
from needs import need

HERE = Path(__file__).parent
PAIRS = 5
LAYERS = (230, 150, 110, 80, 60, 40, 10)
"""Megabytes, 680 in all, of noise that nobody can make smaller."""
MEGABYTE = 1_000_000
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def measure() -> Iterator[Figure | Heading]:
    with tempfile.TemporaryDirectory(prefix="layerhold-") as folder:
        image = Path(folder) / "image"
        _make_image(image)
        with docker_registry.running() as registry:
            bench = Bench(registry, Path(folder), image)
            yield Heading(f"An image of {sum(LAYERS)} MB in {len(LAYERS)} layers")
            yield from bench.pushes()
            yield from bench.pulls()


class Bench:
    """One registry, and what is moved to it and back again and again."""

    def __init__(self, registry: DockerRegistry, folder: Path, image: Path) -> None:
        self._registry, self._folder, self._image = registry, folder, image

    def pushes(self) -> Iterator[Figure]:
        ours, theirs = [], []
        for _ in range(PAIRS):
            self._empty()
            target = f"docker://{self._registry.reference('image:1')}"
            theirs.append(_skopeo(f"dir:{self._dir()}", target, "--dest-tls-verify=false"))
            self._empty()
            ours.append(self._ours("push", self._image))
        yield from _figures("push", ours, theirs, 1.2)

    def pulls(self) -> Iterator[Figure]:
        ours, theirs = [], []
        for _ in range(PAIRS):
            place = self._folder / "pulled"
            source = f"docker://{self._registry.reference('image:1')}"
            theirs.append(_skopeo(source, f"oci:{place}:image", "--src-tls-verify=false"))
            shutil.rmtree(place)
            ours.append(self._ours("pull", place))
            shutil.rmtree(place)
        yield from _figures("pull", ours, theirs, 0.8)
        memory = median(each["memory"] for each in ours)
        yield Figure("memory above idle", memory, "MB", 64)

    def _ours(self, what: str, place: Path) -> dict[str, float]:
        program = str(HERE / "registries_run.py")
        command = [sys.executable, program, what, self._registry.reference("image:1"), str(place)]
        paths = os.pathsep.join(str(HERE.parents[1] / name) for name in ("gui", "tests"))
        environ = {**os.environ, "PYTHONPATH": paths}
        ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
        if ended.returncode:
            raise SystemExit(f"{command}: {ended.stderr[-3000:]}")
        return dict(json.loads(ended.stdout))

    def _empty(self) -> None:
        """A registry that has nothing; it looks at its disk, and remembers no blob."""
        shutil.rmtree(self._registry.folder / "data", ignore_errors=True)

    def _dir(self) -> Path:
        """The image as skopeo reads it."""
        place = self._folder / "dir"
        if not place.exists():
            place.mkdir()
            (place / "version").write_text("Directory Transport Version: 1.1\n")
            for file in self._image.iterdir():
                os.link(file, place / file.name)
        return place


def _make_image(folder: Path) -> None:
    folder.mkdir()
    diff_ids, layers = zip(*(_layer(folder, megabytes) for megabytes in LAYERS), strict=True)
    config = json.dumps(
        {
            "architecture": "amd64",
            "os": "linux",
            "rootfs": {"type": "layers", "diff_ids": diff_ids},
            "history": [{} for _ in layers],
        }
    ).encode()
    told = describe(config, OCI_CONFIG)
    (folder / told.digest[7:]).write_bytes(config)
    (folder / "manifest.json").write_bytes(manifest(OCI_MANIFEST, told, list(layers)))


def _layer(folder: Path, megabytes: int) -> tuple[str, Descriptor]:
    """The digest before it was packed, and what it is packed; else skopeo would pack it."""
    plain, path = hashlib.sha256(), folder / "layer"
    with gzip.GzipFile(path, "wb", compresslevel=0, mtime=0) as file:
        for _ in range(megabytes):
            block = os.urandom(MEGABYTE)
            plain.update(block)
            file.write(block)
    with path.open("rb") as packed:
        digest = hashlib.file_digest(packed, "sha256").hexdigest()
    size = path.stat().st_size
    path.rename(folder / digest)
    return f"sha256:{plain.hexdigest()}", Descriptor(OCI_LAYER, f"sha256:{digest}", size)


def _skopeo(source: str, target: str, *options: str) -> dict[str, float]:
    before, started = _children(), time.perf_counter()
    command = [need("skopeo"), "copy", "--quiet", *options, source, target]
    subprocess.run(command, check=True)
    return {"seconds": time.perf_counter() - started, "cpu": _children() - before}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _figures(
    what: str, ours: list[dict[str, float]], theirs: list[dict[str, float]], target: float
) -> Iterator[Figure]:
    for kind, name in (("seconds", "clock"), ("cpu", "processor")):
        mine, other = (median(each[kind] for each in runs) for runs in (ours, theirs))
        detail = f"{mine:.2f} s / {other:.2f} s"
        yield Figure(f"{what} / skopeo copy, {name}", mine / other, "", target, detail)
