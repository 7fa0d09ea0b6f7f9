"""A new plan to load compared with the one before."""

from dataclasses import replace

from layerhold.planning.load_plan import LoadPlan
from layerhold.planning.load_rows import ArchivePlan


def settled(plan: LoadPlan, before: LoadPlan) -> LoadPlan:
    """The same plan with what has stayed equal, so that changes can be told by identity."""
    gone = (None,) * max(0, len(plan.archives) - len(before.archives))
    pairs = zip(plan.archives, before.archives + gone, strict=False)
    return LoadPlan(tuple(_settled(new, old) if new and old else new for new, old in pairs))


def _settled(archive: ArchivePlan, before: ArchivePlan) -> ArchivePlan:
    if archive.surveyed is not before.surveyed:
        return archive
    pairs = zip(archive.images, before.images, strict=True)
    return replace(archive, images=tuple(old if new == old else new for new, old in pairs))
