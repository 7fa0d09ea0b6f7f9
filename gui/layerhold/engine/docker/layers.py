"""History and layers of an image behind the Docker API."""

import msgspec

from layerhold.domain.cancel import Token
from layerhold.domain.digests import chain_ids
from layerhold.domain.errors import HistoryUnavailable
from layerhold.domain.layers import Anatomy, HistoryEntry, LayerSize, Step
from layerhold.domain.pairing import pair
from layerhold.engine.docker import wire
from layerhold.engine.docker.reader import Reader
from layerhold.engine.docker.session import Session, in_path


class WireHistory(wire.Wire):
    """An entry of `/images/{id}/history`."""

    id: str | None = msgspec.field(name="Id", default="")
    created: int | None = 0
    created_by: str | None = ""
    tags: list[str] | None = None
    size: int | None = 0
    comment: str | None = ""


def steps(session: Session, image_id: str, token: Token | None = None) -> tuple[Step, ...]:
    with session.reader(image_id, token) as reader:
        details = _details(reader, image_id)
        return pair(_history(reader, image_id), _diff_ids(details))


def anatomy(session: Session, image_id: str, token: Token | None = None) -> Anatomy:
    with session.reader(image_id, token) as reader:
        details = _details(reader, image_id)
        try:
            layers, exact = _weighed(_history(reader, image_id), _diff_ids(details))
        except HistoryUnavailable:
            layers, exact = _unweighed(details), False
    return Anatomy(
        platform=platform_of(details),
        layers=layers,
        exact=exact,
        # Where there is a descriptor, the size is that of the content, without what is unpacked.
        content=(details.size or 0) if details.descriptor else 0,
    )


def _weighed(
    history: tuple[HistoryEntry, ...], diff_ids: tuple[str, ...]
) -> tuple[tuple[LayerSize, ...], bool]:
    """The sizes are certain when each line with a size has its layer: the others weigh nothing."""
    paired = pair(history, diff_ids)
    layers = (
        LayerSize(step.chain_id, step.entry.size) for step in reversed(paired) if step.made_layer
    )
    every_layer_has_a_line = len(paired) == len(history)
    certain = all(step.exact for step in paired if step.entry.size)
    return tuple(layers), every_layer_has_a_line and certain


def _unweighed(details: wire.WireDetails) -> tuple[LayerSize, ...]:
    """All that is known is the whole, which the top layer stands for."""
    chain = list(chain_ids(_diff_ids(details)))
    sizes = [0] * (len(chain) - 1) + [details.size or 0]
    return tuple(LayerSize(chain_id, size) for chain_id, size in zip(chain, sizes, strict=False))


def _details(reader: Reader, image_id: str) -> wire.WireDetails:
    return wire.details_from(reader.ask(f"/images/{in_path(image_id)}/json"))


def _history(reader: Reader, image_id: str) -> tuple[HistoryEntry, ...]:
    """Newest first, as the engine sends it."""
    answer = reader.ask(f"/images/{in_path(image_id)}/history")
    return tuple(_entry(line) for line in wire.listed(answer, list[WireHistory]))


def _entry(line: WireHistory) -> HistoryEntry:
    image_id = line.id or ""
    return HistoryEntry(
        created_by=line.created_by or "",
        created=line.created or 0,
        size=line.size or 0,
        comment=line.comment or "",
        image_id="" if "<missing>" in image_id else wire.identity(image_id),
        tags=wire.named(line.tags),
    )


def _diff_ids(details: wire.WireDetails) -> tuple[str, ...]:
    return tuple(details.root_fs.layers or ()) if details.root_fs else ()


def platform_of(details: wire.WireDetails) -> str:
    parts = (details.os, details.architecture, details.variant)
    return "/".join(part for part in parts if part)
