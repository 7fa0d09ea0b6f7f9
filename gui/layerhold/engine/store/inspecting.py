"""An image of a store in JSON, as `docker inspect` shows it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from layerhold.archives.documents import BadDocument, decoded
from layerhold.domain.archive_errors import ImageDamaged
from layerhold.engine.store.blobs import Blobs
from layerhold.engine.store.catalogue import Stored, Variant
from layerhold.engine.store.images import digests, image, readable

SETTINGS: Mapping[str, Any] = {
    "Hostname": "",
    "Domainname": "",
    "User": "",
    "AttachStdin": False,
    "AttachStdout": False,
    "AttachStderr": False,
    "Tty": False,
    "OpenStdin": False,
    "StdinOnce": False,
    "Env": None,
    "Cmd": None,
    "Image": "",
    "Volumes": None,
    "WorkingDir": "",
    "Entrypoint": None,
    "OnBuild": None,
    "Labels": None,
}
"""What Docker tells of an image's settings also where the configuration is silent."""


NEVER = "0001-01-01T00:00:00Z"
"""When an image was tagged last, where nobody has written it down."""


def inspect(blobs: Blobs, stored: Stored) -> bytes:
    """Everything that Docker tells, but for what only an engine with unpacked layers knows."""
    variant = readable(stored)
    told = _document(blobs, variant)
    settings = told.get("config")
    last = _last_line(told)
    document = {
        "Id": stored.id,
        "RepoTags": [name for name in stored.names if "@" not in name],
        "RepoDigests": list(digests(stored)),
        "Parent": "",
        "Comment": told.get("comment") or last.get("comment") or "",
        "Created": told.get("created") or "",
        "DockerVersion": told.get("docker_version") or "",
        "Author": told.get("author") or last.get("author") or "",
        "Config": dict(SETTINGS) | (settings if isinstance(settings, dict) else {}),
        "Architecture": told.get("architecture") or "",
        **_where_told(told, {"Variant": "variant"}),
        "Os": told.get("os") or "",
        **_where_told(told, {"OsVersion": "os.version", "OsFeatures": "os.features"}),
        "Size": image(stored).size,
        "RootFS": {"Type": "layers", "Layers": list(variant.config.diff_ids)},
        "Metadata": {"LastTagTime": NEVER},
        "Descriptor": _descriptor(stored),
    }
    return msgspec.json.encode(document)


def _document(blobs: Blobs, variant: Variant) -> dict[str, Any]:
    try:
        return decoded(blobs.document(variant.id), dict[str, Any])
    except BadDocument as error:
        raise ImageDamaged(variant.id, str(error)[:300]) from error


def _last_line(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """BuildKit tells author and comment only where it tells what it did last."""
    lines = told.get("history")
    last = lines[-1] if isinstance(lines, list) and lines else None
    return last if isinstance(last, dict) else {}


def _where_told(told: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {name: told[key] for name, key in names.items() if told.get(key)}


def _descriptor(stored: Stored) -> dict[str, Any]:
    """What a registry calls the image: an index of several platforms, or its only manifest."""
    manifest, entry = stored.variants[0].manifest, stored.entries[0]
    if len(stored.variants) > 1:
        return {"mediaType": entry.media_type, "digest": entry.digest, "size": entry.size}
    told = manifest.media_type, manifest.digest, manifest.size
    return dict(zip(("mediaType", "digest", "size"), told, strict=True))
