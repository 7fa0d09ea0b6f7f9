"""How a manifest stands in the index, so that other programs find it there too.

skopeo, podman and buildah up to 2023 pass over everything in an index that is not of an OCI type. A
manifest of Docker's is therefore listed by an index of ours, alone and for no platform in
particular, which they take for whatever machine; its bytes stay as they are. A list of Docker's is
understood as the OCI index that it is in all but name.
"""

import msgspec

from layerhold.engine.store import composing, index
from layerhold.engine.store.documents import Manifest
from layerhold.engine.store.index import Entry
from layerhold.engine.store.layout import Layout
from layerhold.engine.store.leases import Lease
from layerhold.engine.store.partial import partial
from layerhold.registry.documents import DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX


def shown(layout: Layout, lease: Lease, media_type: str, digest: str, size: int) -> Entry:
    """A line of the index for a document that is in the store."""
    if media_type == DOCKER_LIST:
        return index.made(OCI_INDEX, digest, size)
    if media_type != DOCKER_MANIFEST:
        return index.made(media_type, digest, size)
    listed = {"mediaType": media_type, "digest": digest, "size": size}
    document = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [listed]}
    content = msgspec.json.encode(document)
    cover = composing.digest(content)
    lease.hold([cover])
    with partial(layout) as made:
        made.write(content)
        made.keep(cover)
    return index.made(OCI_INDEX, cover, len(content))


def covered(top: Manifest) -> str:
    """The digest of the manifest that an index of ours is there for, or nothing."""
    listed = top.contents.manifests or ()
    if len(listed) != 1 or listed[0].platform or listed[0].media_type != DOCKER_MANIFEST:
        return ""
    return listed[0].digest
