"""What is to be saved to which files, and how the files are called."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from layerhold.archives.compression import Compression
from layerhold.domain.digests import short
from layerhold.domain.images import Image
from layerhold.domain.layers import Anatomy
from layerhold.domain.references import split
from layerhold.planning.archive_size import archive_size
from layerhold.planning.targets import OneTag, Target

SUFFIXES = {
    Compression.NONE: ".tar",
    Compression.GZIP: ".tar.gz",
    Compression.ZSTD: ".tar.zst",
}
"""How files are called that are packed so; nothing else is offered."""
_TOLD = re.compile(r"\.(tar(\.(gz|zst))?|tgz|tzst)$", re.IGNORECASE)
_UNFIT = re.compile(r"[^\w.+-]+")
LONGEST_STEM = 200
"""Characters; file systems take 255 bytes with the suffix."""


@dataclass(frozen=True, slots=True)
class Item:
    """A tag to save, or an image without one, of which the archive will know the ID alone."""

    image_id: str
    tag: str = ""

    @property
    def reference(self) -> str:
        """By what the engine is asked for it."""
        return self.tag or self.image_id


@dataclass(frozen=True, slots=True)
class FileWish:
    """An archive to be written."""

    path: Path
    items: tuple[Item, ...]
    size: int | None = None
    """About how many bytes it will have before it is compressed, where that can be told."""
    replaces: bool = False
    """The user knows that a file is there already, and gives it up."""


@dataclass(frozen=True, slots=True)
class SaveWish:
    """Archives to be written, one after the other."""

    files: tuple[FileWish, ...]
    compression: Compression = Compression.NONE
    platform: str = ""
    """`os/architecture[/variant]`; empty for everything that the engine has."""


def items_of(images: Mapping[str, Image], targets: Iterable[Target]) -> dict[Item, bool]:
    """What can be saved of the images that are meant, and whether it is meant itself."""
    found: dict[Item, bool] = {}
    for target in targets:
        if image := images.get(target.image_id):
            meant = {target.tag} if isinstance(target, OneTag) else set(image.tags) or {""}
            for tag in image.tags or ("",):
                item = Item(image.id, tag)
                found[item] = found.get(item, False) or tag in meant
    return found


def saved_size(anatomies: Mapping[str, Anatomy], items: Iterable[Item]) -> int | None:
    """About how many bytes an archive has; `None` while the layers are not known."""
    image_ids = dict.fromkeys(item.image_id for item in items)
    if not anatomies.keys() >= image_ids.keys():
        return None
    return archive_size(anatomies[image_id] for image_id in image_ids)


def file_name(items: Sequence[Item], compression: Compression = Compression.NONE) -> str:
    """`nginx_1.27.tar`, `nginx.tar` for several of its tags, `nginx_1.27_and_2_more.tar`."""
    repositories = {split(item.tag)[0] for item in items if item.tag}
    stem = _fit(items[0].tag) or short(items[0].image_id)
    if len(items) > 1:
        same = len(repositories) == 1 and all(item.tag for item in items)
        stem = _fit(repositories.pop()) if same else f"{stem}_and_{len(items) - 1}_more"
    return stem + SUFFIXES[compression]


def file_names(items: Iterable[Item], compression: Compression) -> list[str]:
    """One for each, no two alike even where capitals do not count."""
    taken: set[str] = set()
    return [_free(file_name([item]), taken, compression) for item in items]


def with_suffix(name: str, compression: Compression) -> str:
    """The name as it should end."""
    return _TOLD.sub("", name) + SUFFIXES[compression]


def _free(name: str, taken: set[str], compression: Compression) -> str:
    stem = _TOLD.sub("", name)
    for free in _numbered(stem):
        if free.casefold() not in taken:
            taken.add(free.casefold())
            return free + SUFFIXES[compression]
    raise AssertionError


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}_{number}" for number in count(2))


def _fit(name: str) -> str:
    return _UNFIT.sub("_", name).strip("._-")[:LONGEST_STEM]
