"""What is done to an archive on its way, so that the engine gets what it can read and no more."""

from collections.abc import Iterator
from enum import Enum

from layerhold.archives.compression import Compression
from layerhold.archives.contents import Form
from layerhold.engine.about import Caps
from layerhold.planning.load_rows import ArchivePlan
from layerhold.planning.load_rules import receiver


class Conversion(Enum):
    """One of the things that are done."""

    DECOMPRESSED = "decompressed"
    AS_DOCKER_ARCHIVE = "as docker archive"
    """An OCI layout becomes what engines before the containerd store can read."""
    AS_TAR = "as tar"
    """A folder becomes a file."""
    LAYERS_DECOMPRESSED = "layers decompressed"
    REWRITTEN = "rewritten"
    """Only what was chosen is sent, under the names that were chosen."""


def conversions(plan: ArchivePlan, caps: Caps) -> tuple[Conversion, ...]:
    """What is done if the plan is carried out; nothing for an archive that is sent as it is."""
    return tuple(_conversions(plan, caps)) if plan.choice else ()


def _conversions(plan: ArchivePlan, caps: Caps) -> Iterator[Conversion]:
    contents, reader = plan.surveyed.contents, receiver(caps)
    if contents.place.compression is not Compression.NONE:
        yield Conversion.DECOMPRESSED
    if plan.is_untouched:
        return
    is_changed = contents.form is Form.OCI and not reader.reads_oci
    if is_changed:
        yield Conversion.AS_DOCKER_ARCHIVE
    elif contents.place.is_folder:
        yield Conversion.AS_TAR
    else:
        yield Conversion.REWRITTEN
    if plan.packings - reader.layers:
        yield Conversion.LAYERS_DECOMPRESSED
