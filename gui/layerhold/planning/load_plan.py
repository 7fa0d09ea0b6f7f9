"""What loading archives would do: images and tags that come, tags that move, bytes that go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from layerhold.archives.choosing import Choice, can_pass
from layerhold.archives.contents import ArchivedImage, Contents
from layerhold.planning.load_rows import (
    ArchivePlan,
    ImageEffect,
    ImagePlan,
    Spot,
    TagEffect,
    TagPlan,
)
from layerhold.planning.load_rules import called, index_of, is_foreign, receiver, takes_indexes
from layerhold.planning.load_survey import Surveyed
from layerhold.planning.load_wishes import Wishes
from layerhold.planning.sharing import NO_BYTES, Bytes, Certainty, together
from layerhold.planning.world import World


@dataclass(frozen=True)
class LoadPlan:
    """One entry for each archive, in their order; `None` where it could not be read, or not yet."""

    archives: tuple[ArchivePlan | None, ...] = ()

    @cached_property
    def ticked(self) -> tuple[ImagePlan, ...]:
        """The images to be sent."""
        return tuple(image for archive in self._read for image in archive.ticked)

    @cached_property
    def tags(self) -> tuple[TagPlan, ...]:
        """The tags that come with them."""
        return tuple(chain.from_iterable(image.coming for image in self.ticked))

    @cached_property
    def moving(self) -> tuple[TagPlan, ...]:
        """Those of them that another image has now."""
        return tuple(tag for tag in self.tags if tag.effect is TagEffect.MOVES)

    @cached_property
    def sent(self) -> Bytes:
        """What will be sent to the engine."""
        return together(archive.sent for archive in self._read)

    @property
    def _read(self) -> Iterator[ArchivePlan]:
        return (archive for archive in self.archives if archive)


def plan_load(
    archives: Sequence[Surveyed | None], wishes: Wishes, world: World, platform: str = ""
) -> LoadPlan:
    """Plan against what the engine holds now; `platform` is the engine's own."""
    planner = _Planner(archives, wishes, world, platform)
    return LoadPlan(tuple(planner.archive(at) for at in range(len(archives))))


class _Winner(NamedTuple):
    """The image that gets a tag."""

    is_native: bool
    group: str
    local_id: str


class _Planner:
    """Goes through the archives twice: who gets which tag, and what that makes of each row."""

    def __init__(
        self, archives: Sequence[Surveyed | None], wishes: Wishes, world: World, platform: str
    ) -> None:
        self._archives, self._wishes = archives, wishes
        self._world, self._platform = world, platform
        self._has = {tag: image.id for image in world.images.values() for tag in image.tags}
        self._names: dict[Spot, str] = {}
        self._called: dict[Spot, str] = {}
        self._ticked: set[Spot] = set()
        self._winners: dict[str, _Winner] = {}
        """Who gets each tag, as the engine will call it."""
        for at, archive in enumerate(archives):
            if archive:
                self._claim(at, archive)
        self._kept = self._tags_kept()

    def archive(self, at: int) -> ArchivePlan | None:
        archive = self._archives[at]
        if archive is None:
            return None
        images = tuple(self._image(at, number, archive) for number in range(len(archive.images)))
        choice: Choice = {
            each.image.key: tuple(tag.name for tag in each.coming) for each in images if each.ticked
        }
        return ArchivePlan(archive, images, choice, *self._sent(archive.contents, images, choice))

    def _claim(self, at: int, archive: Surveyed) -> None:
        proposed = self._proposed(archive)
        for number, image in enumerate(archive.images):
            spots = [Spot(at, number, tag) for tag in range(len(image.tags) or 1)]
            for spot in spots:
                self._name(spot, image)
            whole = Spot(at, number)
            is_wished = number in proposed and not self._is_current(image, spots)
            if image.is_usable and self._wishes.ticks.get(whole, is_wished):
                self._ticked.add(whole)
                self._claim_tags(spots, image)

    def _proposed(self, archive: Surveyed) -> set[int]:
        """Which images are ticked at first: one of each index that the engine cannot take whole."""
        if takes_indexes(archive, self._world.caps):
            return set(range(len(archive.images)))
        chosen: dict[str, int] = {}
        for number, image in enumerate(archive.images):
            group = index_of(image) or image.key
            before = chosen.get(group)
            if image.is_usable and (before is None or self._suits_better(image, archive, before)):
                chosen[group] = number
        return set(chosen.values())

    def _suits_better(self, image: ArchivedImage, archive: Surveyed, before: int) -> bool:
        chosen = archive.images[before].platform
        is_chosen_foreign = is_foreign(chosen, self._platform)
        return is_chosen_foreign and not is_foreign(image.platform, self._platform)

    def _name(self, spot: Spot, image: ArchivedImage) -> None:
        written = image.tags[spot.tag] if image.tags else ""
        caps, wished = self._world.caps, self._wishes.names.get(spot)
        name = self._names[spot] = called(wished, caps) if wished else written
        self._called[spot] = called(name, caps) if name else ""

    def _claim_tags(self, spots: list[Spot], image: ArchivedImage) -> None:
        """The last image that is for this engine gets a tag that several have."""
        is_native = not is_foreign(image.platform, self._platform)
        claim = _Winner(is_native, self._group(spots[0], image), local_id(image, self._world))
        for spot in spots:
            name = self._called[spot]
            if name and self._wishes.ticks.get(spot, True):
                self._ticked.add(spot)
                before = self._winners.get(name)
                if before is None or before.is_native <= is_native:
                    self._winners[name] = claim

    def _group(self, spot: Spot, image: ArchivedImage) -> str:
        """Platforms of one index can have a tag together, where the engine takes an index."""
        archive = self._archives[spot.archive]
        index = index_of(image) if archive and takes_indexes(archive, self._world.caps) else ""
        return f"{spot.archive} {index or image.key}"

    def _is_current(self, image: ArchivedImage, spots: list[Spot]) -> bool:
        """Whether nothing would change, because the engine has the image and its tags."""
        local = local_id(image, self._world)
        names = [self._called[spot] for spot in spots if self._called[spot]]
        return bool(local) and all(self._has.get(name) == local for name in names)

    def _tags_kept(self) -> dict[str, tuple[str, ...]]:
        """By the ID of an image that loses tags, those that it keeps."""
        kept: dict[str, dict[str, None]] = {}
        for name, winner in self._winners.items():
            loser = self._has.get(name, "")
            if loser and loser != winner.local_id:
                kept.setdefault(loser, dict.fromkeys(self._world.images[loser].tags)).pop(
                    name, None
                )
        for name, winner in self._winners.items():
            if winner.local_id in kept:
                kept[winner.local_id][name] = None
        return {loser: tuple(tags) for loser, tags in kept.items()}

    def _image(self, at: int, number: int, archive: Surveyed) -> ImagePlan:
        image, whole = archive.images[number], Spot(at, number)
        spots = [Spot(at, number, tag) for tag in range(len(image.tags) or 1)]
        local = local_id(image, self._world)
        holders = self._world.holders
        return ImagePlan(
            image,
            whole in self._ticked,
            _image_effect(image, local),
            tuple(self._tag(spot, image, local) for spot in spots),
            sum(chain_id in holders for chain_id in archive.chains[number]),
            is_foreign(image.platform, self._platform),
            local,
        )

    def _tag(self, spot: Spot, image: ArchivedImage, local: str) -> TagPlan:
        name, engine_name = self._names[spot], self._called[spot]
        written = image.tags[spot.tag] if image.tags else ""
        loser = self._has.get(engine_name, "")
        effect = self._tag_effect(spot, image, local, loser)
        kept = self._kept.get(loser, ())
        ticked = spot in self._ticked
        return TagPlan(written, name, engine_name, ticked, effect, loser, kept)

    def _tag_effect(self, spot: Spot, image: ArchivedImage, local: str, loser: str) -> TagEffect:
        name = self._called[spot]
        if not name:
            return TagEffect.NAMELESS
        winner = self._winners.get(name)
        if spot in self._ticked and winner and winner.group != self._group(spot, image):
            return TagEffect.TAKEN
        if not loser:
            return TagEffect.NEW
        return TagEffect.HERE if loser == local else TagEffect.MOVES

    def _sent(
        self, contents: Contents, images: tuple[ImagePlan, ...], choice: Choice
    ) -> tuple[Bytes, bool]:
        """How much is sent, and whether the archive goes as it is."""
        if not choice:
            return NO_BYTES, False
        reader = receiver(self._world.caps)
        if can_pass(contents, choice, reader):
            return Bytes(contents.plain_size), True
        ticked = [each.image for each in images if each.ticked]
        parts = {layer.part for image in ticked for layer in image.layers if layer.part}
        packed = any(part.compression not in reader.layers for part in parts)
        certainty = Certainty.AT_LEAST if packed else Certainty.ABOUT
        configs = {image.config for image in ticked if image.config}
        return Bytes(sum(part.size for part in parts | configs), certainty), False


def local_id(image: ArchivedImage, world: World) -> str:
    """The ID under which the engine has the image already, or nothing.

    Graph drivers know it by its configuration, the containerd store by its manifest or index.
    """
    names = [image.id]
    if image.manifest:
        names += [image.manifest.index, image.manifest.digest]
    return next((name for name in names if name and name in world.images), "")


def _image_effect(image: ArchivedImage, local: str) -> ImageEffect:
    if not image.is_usable:
        return ImageEffect.UNUSABLE
    return ImageEffect.HERE if local else ImageEffect.NEW
