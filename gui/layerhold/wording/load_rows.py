"""What a plan to load says of each archive, image and tag."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from layerhold.domain.digests import short
from layerhold.engine.about import Caps
from layerhold.planning.load_conversion import Conversion, conversions
from layerhold.planning.load_rows import ArchivePlan, ImageEffect, ImagePlan, TagEffect, TagPlan
from layerhold.planning.load_rules import receiver
from layerhold.wording.archive_problems import problem
from layerhold.wording.counting import listed
from layerhold.wording.quoting import name

translate = QCoreApplication.translate


def archive(plan: ArchivePlan, caps: Caps) -> str:
    """`2 of 3 images · decompressed (gzip)`."""
    return " · ".join((_share(plan), *_conversions(plan, caps)))


def _share(plan: ArchivePlan) -> str:
    total, ticked = len(plan.images), len(plan.ticked)
    if not plan.usable:
        return translate("Loading", "No image of it can be loaded")
    if not ticked:
        return translate("Loading", "Nothing of it is loaded")
    if total == 1:
        return translate("Loading", "1 image")
    text = translate("Loading", "{ticked} of {total} images")
    return text.format(ticked=f"{ticked:,}", total=f"{total:,}")


def _conversions(plan: ArchivePlan, caps: Caps) -> Iterator[str]:
    """The way from the file to the engine, where it is not plain."""
    unread = plan.packings - receiver(caps).layers
    words = {
        Conversion.DECOMPRESSED: translate("Loading", "decompressed ({program})").replace(
            "{program}", plan.surveyed.contents.place.compression.value
        ),
        Conversion.AS_DOCKER_ARCHIVE: translate(
            "Loading", "OCI layout, converted to a docker archive"
        ),
        Conversion.AS_TAR: translate("Loading", "OCI layout, packed into a file"),
        Conversion.LAYERS_DECOMPRESSED: translate(
            "Loading", "layers decompressed ({programs})"
        ).replace("{programs}", ", ".join(sorted(each.value for each in unread))),
        Conversion.REWRITTEN: translate("Loading", "rewritten as chosen"),
    }
    return (words[each] for each in conversions(plan, caps))


def image(row: ImagePlan) -> str:
    """What becomes of an image."""
    if row.effect is ImageEffect.UNUSABLE:
        wrong = (each for each in row.image.problems if not each.is_harmless)
        return problem(next(wrong))
    here = row.effect is ImageEffect.HERE
    said = translate("Loading", "Already here") if here else translate("Loading", "New")
    if not row.ticked and not here:
        said = translate("Loading", "Left out")
    return f"{said} · {translate('Loading', 'for another platform')}" if row.is_foreign else said


def tag(row: TagPlan, *, coming: bool) -> str:
    """What becomes of a tag; one that is not `coming` stays away."""
    effect = _nameless_or_left_out(row, coming=coming) or _coming(row)
    if not row.written or row.written == row.name:
        return effect
    text = translate("Loading", "{effect} · {written} in the archive")
    return text.replace("{effect}", effect).replace("{written}", name(row.written))


def _nameless_or_left_out(row: TagPlan, *, coming: bool) -> str:
    if row.effect is TagEffect.NAMELESS:
        return translate("Loading", "Has no name in the archive, and can be given one")
    return "" if coming else translate("Loading", "Left out")


def _coming(row: TagPlan) -> str:
    if row.effect is TagEffect.MOVES:
        return _moving(row)
    return {
        TagEffect.NEW: translate("Loading", "New"),
        TagEffect.HERE: translate("Loading", "Already here"),
        TagEffect.TAKEN: translate("Loading", "Goes to another image of this list"),
    }[row.effect]


def _moving(row: TagPlan) -> str:
    dangles = translate("Loading", "Moves away from {image}, which becomes dangling")
    keeps = translate("Loading", "Moves away from {image}, which keeps {tags}")
    text = keeps if row.kept else dangles
    return text.replace("{image}", short(row.loser)).replace("{tags}", listed(row.kept, 2))


def layers(row: ImagePlan) -> str:
    """`2 of 5`, as far as anybody has looked."""
    total = len(row.image.layers)
    text = translate("Loading", "{here} of {total}")
    return text.format(here=row.layers_here, total=total) if total else ""
