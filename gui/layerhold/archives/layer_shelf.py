"""The layers that the images of an archive share, each there once."""

from dataclasses import replace

from layerhold.archives.contents import ArchivedLayer, Part, Problem, ProblemKind
from layerhold.archives.documents import Config
from layerhold.archives.limits import MOST_LAYERS, MOST_LAYERS_OF_ONE
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault

Described = tuple[Part | None, str, str]
"""The part, the digest and the media type of a layer, as far as they are known."""


class LayerShelf:
    """Hands out the same object for the same layer."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._room = MOST_LAYERS
        self._names: dict[str, str] = {}
        self._layers: dict[ArchivedLayer, ArchivedLayer] = {}

    def admit(self, config: Config) -> Config:
        """A configuration of which the digests are those of others; raises `ArchiveFailure`."""
        self._room -= len(config.diff_ids)
        if self._room < 0:
            detail = f"more than {MOST_LAYERS} layers"
            raise ArchiveFailure(self._path, ArchiveFault.TOO_LARGE, detail)
        shared = (self._names.setdefault(each, each) for each in config.diff_ids)
        return replace(config, diff_ids=tuple(shared))

    def stack(
        self, described: list[Described], diff_ids: tuple[str, ...]
    ) -> tuple[tuple[ArchivedLayer, ...], list[Problem]]:
        """The layers of one image, with the digests that its configuration has for them."""
        if max(len(described), len(diff_ids)) > MOST_LAYERS_OF_ONE:
            return (), [Problem(ProblemKind.TOO_MANY_LAYERS)]
        problems = []
        if len(described) != len(diff_ids):
            detail = f"{len(described)} layers, {len(diff_ids)} in the configuration"
            problems.append(Problem(ProblemKind.LAYERS_DIFFER, detail=detail))
        padding = ("",) * (len(described) - len(diff_ids))
        layers = map(self._layer, described, diff_ids + padding)
        return tuple(layers), problems

    def _layer(self, described: Described, diff_id: str) -> ArchivedLayer:
        part, digest, media_type = described
        layer = ArchivedLayer(diff_id, part, digest, media_type)
        return self._layers.setdefault(layer, layer)
