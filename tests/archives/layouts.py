"""OCI layouts and docker archives of every form, as mappings of names to bytes."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

from layerhold.archives.zstd import compressor
from live.images import Sketch

OCI = "application/vnd.oci.image"
CONFIG = f"{OCI}.config.v1+json"
MANIFEST = f"{OCI}.manifest.v1+json"
INDEX = f"{OCI}.index.v1+json"
LAYER = f"{OCI}.layer.v1.tar"
REF_NAME = "org.opencontainers.image.ref.name"
FULL_NAME = "io.containerd.image.name"
Files = dict[str, bytes]
Pack = Callable[[bytes], bytes]


def plain(content: bytes) -> bytes:
    return content


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def zstd(content: bytes) -> bytes:
    packer = compressor()
    return packer.compress(content) + packer.flush()


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def place(name: str) -> str:
    return f"blobs/{name.replace(':', '/')}"


class Layout:
    """An OCI layout that grows; its files can be tampered with before they are written."""

    def __init__(self) -> None:
        self.files: Files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}'}
        self.entries: list[dict] = []

    def blob(self, content: bytes, kind: str) -> dict:
        """Put it in; its descriptor."""
        self.files[place(digest(content))] = content
        return {"mediaType": kind, "digest": digest(content), "size": len(content)}

    def manifest(self, sketch: Sketch, pack: Pack = gzipped) -> dict:
        filled = [layer.content for layer in sketch.layers if layer.files]
        document = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self.blob(sketch.config, CONFIG),
            "layers": [self.blob(pack(each), LAYER) for each in filled],
        }
        return self.blob(json.dumps(document).encode(), MANIFEST)

    def add(self, sketch: Sketch, pack: Pack = gzipped) -> dict:
        """An image with its tags, as skopeo names them."""
        entry = self.manifest(sketch, pack)
        named = [entry | {"annotations": {REF_NAME: tag}} for tag in sketch.tags]
        self.entries += named or [entry]
        return entry

    def add_index(self, tag: str, manifests: list[dict]) -> dict:
        """Several platforms under one tag, as buildx names them."""
        document = {"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests}
        entry = self.blob(json.dumps(document).encode(), INDEX)
        self.entries.append(entry | {"annotations": {FULL_NAME: tag, REF_NAME: "1"}})
        return entry

    def done(self) -> Files:
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": self.entries}
        return self.files | {"index.json": json.dumps(index).encode()}


def as_docker_25(*sketches: Sketch, pack: Pack = plain) -> Files:
    """What Docker writes since version 25; with compressed layers, what its containerd store does.

    Both forms in one, with the familiar name here and the full one there.
    """
    layout = Layout()
    listed = []
    for sketch in sketches:
        entry = layout.manifest(sketch, pack)
        for tag in sketch.tags:
            names = {FULL_NAME: f"docker.io/library/{tag}", REF_NAME: tag.partition(":")[2]}
            layout.entries.append(entry | {"annotations": names})
        filled = [pack(layer.content) for layer in sketch.layers if layer.files]
        listed.append(
            {
                "Config": place(sketch.id),
                "RepoTags": list(sketch.tags),
                "Layers": [place(digest(content)) for content in filled],
            }
        )
    return layout.done() | {"manifest.json": json.dumps(listed).encode()}


def with_attestation(layout: Layout, subject: dict) -> dict:
    """What buildx adds for each platform."""
    statement = layout.blob(b'{"predicate":{}}', "application/vnd.in-toto+json")
    document = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": layout.blob(b'{"rootfs":{"type":"layers","diff_ids":[]}}', CONFIG),
        "layers": [statement],
    }
    annotations = {
        "vnd.docker.reference.type": "attestation-manifest",
        "vnd.docker.reference.digest": subject["digest"],
    }
    entry = layout.blob(json.dumps(document).encode(), MANIFEST)
    nowhere = {"architecture": "unknown", "os": "unknown"}
    return entry | {"annotations": annotations, "platform": nowhere}


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a tar."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return whole.getvalue()


def write_tar(path: Path, files: Mapping[str, bytes]) -> Path:
    path.write_bytes(packed(files))
    return path


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def unpacked(content: bytes) -> Files:
    """The files of a tar by Python's own reading of it."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {
            member.name: archive.extractfile(member).read() for member in archive if member.isfile()
        }
