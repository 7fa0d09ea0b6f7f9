"""What tests of the store share: images without programs, and a look at the bare files."""

import hashlib
import json
from pathlib import Path

from layerhold.engine.about import Endpoint
from layerhold.engine.store.engine import StoreEngine, connect
from live.images import Layer, Sketch

BASE = Sketch(
    (Layer("ADD base /", {"base": b"base" * 500}), Layer("ENV A=b")),
    ("example.com/base:1",),
    labels={"tier": "web"},
)
CHILD = Sketch(
    (*BASE.layers, Layer("COPY x /", {"x": b"x" * 1000})),
    ("example.com/child:1", "example.com/child:2"),
)
LONER = Sketch((Layer("ADD loner /", {"loner": b"loner"}),), ("example.com/loner:1",))
SKETCHES = (BASE, CHILD, LONER)


def opened(folder: Path) -> StoreEngine:
    return connect(Endpoint("store", f"oci://{folder}", "--store"))


def tags(store: StoreEngine) -> dict[str, str]:
    return {tag: image.id for image in store.list_images() for tag in image.tags}


def blobs(folder: Path) -> set[str]:
    return {f"{path.parent.name}:{path.name}" for path in folder.glob("blobs/*/*")}


def entries(folder: Path) -> list[dict]:
    return json.loads((folder / "index.json").read_bytes())["manifests"]


def problems(folder: Path) -> list[str]:
    """What is wrong with a store, by another reading of it than ours."""
    found = [
        f"{path.name} is something else"
        for path in folder.glob("blobs/sha256/*")
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.name
    ]
    waiting = [entry["digest"] for entry in entries(folder)]
    while waiting:
        path = folder / "blobs" / waiting.pop().replace(":", "/")
        if not path.exists():
            found.append(f"{path.name} is missing")
            continue
        document = json.loads(path.read_bytes())
        parts = [*document.get("layers", ()), *filter(None, [document.get("config")])]
        for part in parts:
            blob = folder / "blobs" / part["digest"].replace(":", "/")
            if not blob.exists() or blob.stat().st_size != part["size"]:
                found.append(f"{part['digest']} is missing or has another size")
        waiting += [each["digest"] for each in document.get("manifests", ())]
    return found
