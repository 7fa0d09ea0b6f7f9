"""A row of a plan to load, as cells: what it is, what happens, and how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from layerhold.archives.contents import Problem
from layerhold.colours import Role
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.digests import short
from layerhold.engine.about import Caps
from layerhold.formatting import size, visible
from layerhold.planning.load_rows import ArchivePlan, ImageEffect, ImagePlan, TagEffect, TagPlan
from layerhold.wording import explain, load_rows
from layerhold.wording.archive_problems import problem
from layerhold.wording.weights import freed

translate = QCoreApplication.translate

LIMIT = 300
"""Characters of a cell; more cannot be seen at once."""
TAGS_SHOWN = 20
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Cells:
    """What the columns say, from the left."""

    what: str
    effect: str = ""
    platform: str = ""
    layers: str = ""
    size: str = ""
    icon: tuple[str, Role] | None = None
    """Beside the effect."""
    whole: str = ""
    """What the first column shows in full where there is room for it."""
    is_quiet: bool = False
    """Nothing comes of it."""

    @property
    def texts(self) -> tuple[str, str, str, str, str]:
        return self.what, self.effect, self.platform, self.layers, self.size


def unread(path: Path, *, looking: bool) -> Cells:
    """A file that nobody has looked into."""
    soon = translate("Loading", "Looking into it…")
    effect = soon if looking else translate("Loading", "Was not looked into")
    return Cells(_called(path), effect, whole=str(path), is_quiet=True)


def failed(path: Path, failure: ArchiveFailure) -> Cells:
    """A file from which no image can be had."""
    is_import = failure.fault is ArchiveFault.FILE_SYSTEM
    icon = ("info", Role.ACCENT) if is_import else ("error", Role.DANGER)
    # The whole path would leave no room for what is wrong.
    said = explain(replace(failure, path=path.name or str(path)))
    return Cells(_called(path), said.what, icon=icon, whole=str(path))


def remedies(failure: ArchiveFailure) -> tuple[Cells, ...]:
    """What to do about it, and what else is known."""
    said = explain(failure)
    is_import = failure.fault is ArchiveFault.FILE_SYSTEM
    lines = (
        (translate("Loading", "What to do"), said.hint),
        (translate("Loading", "In detail"), "" if is_import else said.detail),
    )
    return tuple(Cells(what, text) for what, text in lines if text)


def archive(path: Path, plan: ArchivePlan, caps: Caps) -> Cells:
    """A file that has been looked into."""
    sent = freed(plan.sent) if plan.choice else NOTHING
    effect, icon = load_rows.archive(plan, caps), None
    if not plan.usable:
        icon = ("error", Role.DANGER)
    quiet = not plan.choice
    return Cells(_called(path), effect, size=sent, icon=icon, whole=str(path), is_quiet=quiet)


def image(row: ImagePlan) -> Cells:
    """An image of an archive."""
    found = row.image
    return Cells(
        title(row),
        load_rows.image(row),
        visible(found.platform, LIMIT),
        load_rows.layers(row),
        size(found.size),
        _image_icon(row),
        "\n".join(_about(row)),
        is_quiet=not row.ticked,
    )


def tag(row: TagPlan, *, of_ticked: bool) -> Cells:
    """A tag of an image."""
    coming = row.ticked and of_ticked
    called = visible(row.called, LIMIT) or translate("Loading", "<none>")
    icon = ("warning", Role.CARE) if coming and row.effect is TagEffect.MOVES else None
    effect = load_rows.tag(row, coming=coming)
    return Cells(called, effect, icon=icon, whole=row.called, is_quiet=not coming)


def trouble(found: Problem) -> Cells:
    """Something wrong with an image."""
    harmless = found.is_harmless
    icon = ("warning", Role.CARE) if harmless else ("error", Role.DANGER)
    text = problem(found)
    return Cells(translate("Loading", "Problem"), text, icon=icon, whole=found.detail)


def troubles(row: ImagePlan) -> tuple[Problem, ...]:
    """What is wrong with an image beside what its own row says."""
    first = next((each for each in row.image.problems if not each.is_harmless), None)
    return tuple(each for each in row.image.problems if each is not first)


def title(row: ImagePlan) -> str:
    """What an image is best known by: its first tag and how many more, or its ID."""
    names = [tag.called for tag in row.tags if tag.called]
    if not names:
        return translate("Loading", "<none> {id}").replace("{id}", short(row.image.id)).strip()
    first, more = visible(names[0], LIMIT), len(names) - 1
    return f"{first}  +{more}" if more else first


def _image_icon(row: ImagePlan) -> tuple[str, Role] | None:
    if row.effect is ImageEffect.UNUSABLE:
        return "error", Role.DANGER
    moves = any(tag.effect is TagEffect.MOVES for tag in row.coming)
    if moves or (row.ticked and row.is_foreign) or row.image.problems:
        return "warning", Role.CARE
    return ("success", Role.QUIET) if row.effect is ImageEffect.HERE else None


def _about(row: ImagePlan) -> Iterator[str]:
    names = [tag.called for tag in row.tags if tag.called]
    yield from names[:TAGS_SHOWN]
    if row.image.id:
        yield row.image.id


def _called(path: Path) -> str:
    return visible(path.name or str(path), LIMIT)
