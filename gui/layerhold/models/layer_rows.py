"""What the rows of the layer tree stand for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.domain.instructions import Instruction, instruction
from layerhold.domain.layers import Anatomy, Step
from layerhold.formatting import moment, visible
from layerhold.planning.base_image import Base

translate = QCoreApplication.translate

LONGEST_COMMAND = 8000
MOST_SHARERS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of history."""

    step: Step
    written: Instruction
    fraction: float
    """Its size relative to the largest, from 0 to 1."""
    depth: int = 0
    """How many layers there are up to this one; 0 where it made none."""


@dataclass(frozen=True, slots=True)
class BaseMark:
    """Above the first line that is the base image's own."""

    image: Image


@dataclass(frozen=True, slots=True)
class Field:
    """Something more about a line."""

    name: str
    text: str
    whole: str = ""
    """For the clipboard, where `text` is only a part."""
    code: bool = True
    """Whether it is a command or digest rather than words."""


@dataclass(frozen=True, slots=True)
class Sharer:
    """Another image that has the layer."""

    name: str
    """What the list of such images is called; only the first one says it."""
    image_id: str
    reference: str


Row = Line | BaseMark | Field | Sharer


def lines(steps: Sequence[Step]) -> list[Line]:
    """A row for every step."""
    largest = max((step.entry.size for step in steps), default=0) or 1
    layers, found = sum(step.made_layer for step in steps), []
    for step in steps:
        fraction = max(0, step.entry.size) / largest
        depth = layers if step.made_layer else 0
        found.append(Line(step, instruction(step.entry.created_by), fraction, depth))
        layers -= step.made_layer
    return found


def with_base(rows: Sequence[Line], base: Base | None) -> list[Row]:
    """Draw the line where the base image begins."""
    if base is None:
        return list(rows)
    end = len(rows) - base.steps
    return [*rows[:end], BaseMark(base.image), *rows[end:]]


def fields(line: Line) -> Iterator[Field]:
    """Everything that one line does not show."""
    step, entry = line.step, line.step.entry
    raw = entry.created_by
    if raw:
        yield Field(translate("LayerTree", "Full command"), _shown(raw), raw)
    if line.written.arguments:
        given = "\n".join(line.written.arguments)
        yield Field(translate("LayerTree", "Build arguments"), _shown(given), given)
    if entry.created > 0:
        yield Field(translate("LayerTree", "Created"), moment(entry.created), code=False)
    if entry.comment:
        name = translate("LayerTree", "Comment")
        yield Field(name, _shown(entry.comment), entry.comment, code=False)
    if step.made_layer:
        yield Field(translate("LayerTree", "DiffID"), step.diff_id)
        yield Field(translate("LayerTree", "Chain ID"), step.chain_id)


def sharing(
    line: Line, image_id: str, anatomies: Mapping[str, Anatomy], images: Mapping[str, Image]
) -> list[Row]:
    """Which other images have the layer, by name."""
    title = translate("LayerTree", "Shared with")
    if not line.step.made_layer:
        return []
    if image_id not in anatomies:
        return [Field(title, translate("LayerTree", "not known yet"), code=False)]
    others = (images.get(each) for each in _with_layer(line, anatomies) if each != image_id)
    found = sorted(filter(None, others), key=_order)
    if not found:
        return [Field(title, translate("LayerTree", "no other image"), code=False)]
    rows: list[Row] = [
        Sharer("" if at else title, image.id, called(image))
        for at, image in enumerate(found[:MOST_SHARERS])
    ]
    if (more := len(found) - MOST_SHARERS) > 0:
        words = translate("LayerTree", "and {count} more").format(count=more)
        rows.append(Field("", words, code=False))
    return rows


def _shown(text: str) -> str:
    """Safe to show, on the lines that it was written on."""
    cut = text[:LONGEST_COMMAND]
    ending = "…" if len(cut) < len(text) else ""
    return "\n".join(visible(line, LONGEST_COMMAND) for line in cut.split("\n")) + ending


def _with_layer(line: Line, anatomies: Mapping[str, Anatomy]) -> Iterator[str]:
    """A chain ID names all layers below too, so it can only stand at its own depth."""
    at, chain_id = line.depth - 1, line.step.chain_id
    for image_id, anatomy in anatomies.items():
        if len(anatomy.layers) > at and anatomy.layers[at].chain_id == chain_id:
            yield image_id


def called(image: Image) -> str:
    """Its first tag, or its short ID."""
    return image.tags[0] if image.tags else short(image.id)


def _order(image: Image) -> tuple[bool, str]:
    return not image.tags, called(image)
