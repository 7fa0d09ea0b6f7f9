"""What every plan of an archive needs to know of it, found once."""

from collections.abc import Iterator
from dataclasses import dataclass

from layerhold.archives.contents import ArchivedImage, Contents
from layerhold.domain.cancel import Token
from layerhold.domain.digests import chain_ids


@dataclass(frozen=True, slots=True)
class Surveyed:
    """An archive that has been read."""

    contents: Contents
    chains: tuple[tuple[str, ...], ...]
    """For each image, the chain IDs of its layers, as far as their digests are known."""

    @property
    def images(self) -> tuple[ArchivedImage, ...]:
        return self.contents.images


def survey(contents: Contents, token: Token) -> Surveyed:
    """Name the layers of every image as engines do; images that share layers share the work."""
    known: dict[tuple[str, str], str] = {}
    chains = []
    for image in contents.images:
        token.check()
        chains.append(tuple(_chain(image, known)))
    return Surveyed(contents, tuple(chains))


def _chain(image: ArchivedImage, known: dict[tuple[str, str], str]) -> Iterator[str]:
    below = ""
    for layer in image.layers:
        if not layer.diff_id:
            return
        step = below, layer.diff_id
        if step not in known:
            known[step] = _on_top(*step)
        below = known[step]
        yield below


def _on_top(below: str, diff_id: str) -> str:
    *_, chain_id = chain_ids([below, diff_id] if below else [diff_id])
    return chain_id
