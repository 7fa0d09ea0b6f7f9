"""Which engines there are, how they differ, and what each of them can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Whose engine answers."""

    DOCKER = "Docker"
    PODMAN = "Podman"
    STORE = "Embedded store"
    """Layerhold itself, on a folder."""


class Store(Enum):
    """How the engine keeps images, which decides what IDs and sizes mean."""

    GRAPH_DRIVER = "graph driver"
    CONTAINERD = "containerd"
    LAYOUT = "OCI layout"
    """Packed as registries have them, and never unpacked."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an engine may be found."""

    name: str
    """A context's name, or what the place is called, such as `Podman (user)`."""
    url: str
    """`unix:///path` or `tcp://host:port`; `oci:///path` for a store."""
    source: str
    """`--host`, `--context`, `--store`, `DOCKER_HOST`, `DOCKER_CONTEXT`, `context`, `socket` or
    `store`."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What this engine can do; features hang on this, never on trying."""

    force_deletes_containers: bool = False
    """Podman: `force` on an image deletes the containers that use it, running ones too."""
    cascades_to_parents: bool = True
    """Deleting an image also deletes its untagged parents (not in the containerd store)."""
    parents_hold: bool = True
    """An image with children cannot be deleted by ID (Docker's graph drivers)."""
    stopped_force_deletes_record: bool = True
    """Force-untagging the last tag under a stopped container deletes the image record."""
    untagging_keeps_parents: bool = True
    """Untagging the last tag of an image with children leaves it untagged (not on Podman)."""
    digests_are_references: bool = True
    """`repository@digest` names an image by itself, and must go too before the image does.

    Podman lists such names among the tags, and derives `RepoDigests` from them.
    """
    keeps_content: bool = False
    """Compressed content stays beside the unpacked layers (containerd store)."""
    build_cache: bool = True
    """The engine can list and prune a build cache."""
    classic_builder: bool = True
    """`POST /build` is there: Docker's own builder, or Buildah behind Podman."""
    buildkit: bool = True
    """BuildKit is in the engine, for `docker buildx` to drive (not in Podman)."""
    saves_platform: bool = False
    """One of an image's platforms can be saved by itself; others ignore the wish."""
    loads_zstd: bool = True
    """It can load what zstd has compressed."""
    loads_oci: bool = False
    """It can load OCI layouts with any number of images and platforms (the containerd store)."""
    loads_as_localhost: bool = False
    """Podman: what is loaded under a name without a registry is called `localhost/…`."""
    imports_platform: bool = False
    """An imported file system can be for another platform; others ignore the wish."""
    all_tags: bool = True
    """All tags of a repository can be pulled at once; Podman pulls `latest` instead."""
    pulls_keep_variants: bool = False
    """Pulling for another platform adds to the tag's image; others move the tag."""
    push_progress: bool = True
    """A push tells of its layers and bytes (not on Podman)."""
    distribution: bool = True
    """What a registry has can be asked through the engine (not on Podman)."""
    checks_logins: bool = True
    """Logins are checked as pulls and pushes go; Podman insists on HTTPS wherever it checks."""
    containers: bool = True
    """It has containers at all (not the embedded store, nor anything below)."""
    runs: bool = True
    """Images can be run."""
    builds: bool = True
    """Images can be built."""
    commits: bool = True
    """Containers can be committed."""
    imports: bool = True
    """File systems can be imported."""
    sizes_are_packed: bool = False
    """Every size is that of layers as they are stored, often compressed; others unpack them."""


@dataclass(frozen=True, slots=True)
class About:
    """An engine that answered."""

    kind: Kind
    version: str
    api: str
    """The API version in use, after clamping."""
    store: Store
    driver: str = ""
    """The storage driver's name, such as `overlay2`."""
    platform: str = ""
    """The host's `os/architecture`."""
    engine_id: str = ""
    """Stays the same for one installation; empty where the engine has none."""
    root: str = ""
    """The folder where the engine keeps its data, on the engine's machine."""
    caps: Caps = Caps()
