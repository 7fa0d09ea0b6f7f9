"""Pull or push one image with Layerhold's own client, in a process of its own: what it took.

`registries_run.py pull|push REFERENCE FOLDER`; blobs lie in the folder by their digits.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fakes.blob_files import FileSink, FileSource
from layerhold.domain.cancel import Token
from layerhold.domain.descriptors import Descriptor
from layerhold.domain.progress import Phase, Progress
from layerhold.domain.references import Reference, parse
from layerhold.registry import blobs, manifests, several, uploads
from layerhold.registry.documents import contents
from layerhold.registry.manifests import Manifest
from layerhold.registry.session import Session
from layerhold.registry.streams import Told
from layerhold.registry.tally import Tally

MANIFEST = "manifest.json"


def main() -> None:
    what, reference, folder = sys.argv[1], parse(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(exist_ok=True)
    idle, started, cpu = _resident(), time.perf_counter(), time.process_time()
    with Session(reference.registry, token=Token()) as session:
        {"pull": pull, "push": push}[what](session, reference, folder)
    took = {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "memory": _resident() - idle,
    }
    print(json.dumps(took))


def pull(session: Session, reference: Reference, folder: Path) -> None:
    tree = manifests.read_tree(session, reference, "linux/amd64")
    _move(session, reference, tree.contents.blobs, Phase.DOWNLOADING, partial(_fetch, folder))
    (folder / MANIFEST).write_bytes(tree.manifest.content)


def push(session: Session, reference: Reference, folder: Path) -> None:
    content = (folder / MANIFEST).read_bytes()
    said = contents(content)
    _move(session, reference, said.blobs, Phase.UPLOADING, partial(_send, folder))
    digest = manifests.verified(content, "", reference)
    manifests.put(session, reference, Manifest(digest, said.media_type, content))


def _move(
    session: Session,
    reference: Reference,
    parts: tuple[Descriptor, ...],
    phase: Phase,
    move: Callable[..., None],
) -> None:
    tally = Tally(reference.familiar, phase, parts)
    several.each(session, parts, partial(move, reference), tally, _nobody)


def _fetch(
    folder: Path, reference: Reference, session: Session, blob: Descriptor, told: Told
) -> None:
    partly = folder / f"{blob.digest[7:]}.partial"
    with FileSink(partly) as sink:
        blobs.fetch(session, reference, blob, sink, told)
    partly.rename(folder / blob.digest[7:])


def _send(
    folder: Path, reference: Reference, session: Session, blob: Descriptor, told: Told
) -> None:
    uploads.send(session, reference, blob, FileSource(folder / blob.digest[7:]), told)


def _nobody(_: Progress) -> None:
    """Nobody looks."""


def _resident() -> float:
    """Megabytes at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


main()
